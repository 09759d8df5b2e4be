// The page: takes its graph from inside itself or from the server, and lets the parts know of every change.

/** What the server answers; see openapi.json. */
class Server {
  async get(path) {
    return this.read(await fetch(path, { headers: { accept: "application/json" } }));
  }

  async read(answer) {
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(body.problem ?? `The server answers ${answer.status}.`);
    return body;
  }

  scene() {
    return this.get("api/scene");
  }

  around(key) {
    return this.get(`api/around?node=${encodeURIComponent(key)}`);
  }

  async find(words, most) {
    return (await this.get(`api/search?q=${encodeURIComponent(words)}&limit=${most}`)).nodes;
  }

  path(from, to) {
    return this.get(`api/path?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
  }

  async extract(article) {
    return this.read(await fetch("api/extract", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(article) }));
  }
}

class App {
  constructor(data, server) {
    this.server = server;
    this.store = new Store(decode(location.hash));
    this.data = data;
    this.scene = new Scene(data);
    this.view = inView(this.scene, this.state);
    this.card = new Card(this);
    this.facets = new Facets(this);
    this.search = new Search(this);
    this.timeline = new Timeline(this);
    this.map = new WorldMap(this);
    this.lists = new Lists(this);
    this.paths = new Paths(this);
    this.reading = new Reading(this);
    this.exports = new Exports(this);
    byId("read-tab").hidden = !server;
    this.listen();
    this.setTheme(this.savedTheme());
    this.stage = this.newStage();
    this.store.listeners.push((state, previous) => this.show(state, previous));
    this.show(this.state, null);
    if (this.state.focus) this.stage.fit(this.state.focus);
  }

  get state() {
    return this.store.state;
  }

  newStage() {
    const line = (line) => this.openStatement((line.shown?.[0] ?? line.statements[0]).id);
    return new Stage(this.scene, byId("stage"), {
      node: (key) => this.openNode(key), expand: (key) => this.expand(key), line,
      nothing: () => this.openNothing(), pin: (places) => this.store.change({ pins: { ...this.state.pins, ...places } }),
    });
  }

  /** Another graph takes the place of this one. */
  replace(data, tab = "graph") {
    this.stage.sigma?.kill();
    byId("stage").replaceChildren();
    this.data = data;
    this.scene = new Scene(data);
    this.timeline.bins = null;
    this.map.frame = null;
    this.store.earlier = [];
    this.store.state = { ...emptyState(), tab };
    this.view = inView(this.scene, this.state);
    this.facets.build();
    this.stage = this.newStage();
    this.store.set(this.state);
  }

  show(state, previous) {
    const isPassing = Boolean(this.store.passing);
    this.view = inView(this.scene, state);
    this.showTabs(state.tab, previous?.tab);
    this.paths.show(state);
    this.stage.show(this.view, state, this.light(state));
    this.facets.show(state);
    this.timeline.show(state, this.view);
    this.map.show();
    this.lists.show();
    this.reading.show(state);
    if (!isPassing || !previous) this.card.show(state);
    byId("undo").disabled = this.store.earlier.length === 0;
    const { nodes, statements } = this.view;
    const [allNodes, allStatements] = [this.scene.nodes.size, this.scene.statements.size];
    const isAll = nodes.length === allNodes && statements.length === allStatements;
    const words = isAll ? `${count(nodes.length, "node")}, ${count(statements.length, "statement")}`
      : `${nodes.length.toLocaleString("en")} of ${count(allNodes, "node")}, ${statements.length.toLocaleString("en")} of ${count(allStatements, "statement")}`;
    const { total } = this.scene;
    byId("count").textContent = this.server && total.nodes > allNodes ? `${words}; the whole graph has ${total.nodes.toLocaleString("en")}` : words;
  }

  /** A change by a slider or a drag has come to its end. */
  settle() {
    if (!this.store.passing) return;
    this.store.earlier.push(this.store.passing);
    this.store.passing = null;
    this.show(this.state, this.state);
  }

  /** What is in the light: the path, or the chosen node or statement with what belongs to it; nothing where all is. */
  light(state) {
    if (state.path[0] && state.path[1] && this.paths.ways?.length) {
      const steps = this.paths.ways.flat();
      const nodes = new Set(steps.flatMap((step) => [step.from, step.to]));
      return { nodes, named: nodes, ends: new Set(state.path), lines: new Set(), statements: new Set(steps.flatMap((step) => step.statements.map((one) => one.id))) };
    }
    const statement = this.scene.statements.get(state.statement);
    if (statement) {
      const nodes = new Set([statement.from, statement.to]);
      return { nodes, named: nodes, ends: nodes, lines: new Set(), statements: new Set([statement.id]) };
    }
    if (state.node && this.scene.node(state.node)) {
      const statements = this.view.statements.filter((one) => one.from === state.node || one.to === state.node || one.speakers.some((who) => who.node === state.node));
      const nodes = new Set([state.node, ...statements.flatMap((one) => [one.from, one.to])]);
      const lit = new Set(statements.map((one) => one.id));
      return { nodes, named: nodes.size <= 60 ? nodes : new Set([state.node]), lines: new Set(), statements: lit };
    }
    return null;
  }

  /** Statements in view that are one line with this one. */
  siblings(statement) {
    const pair = (one) => JSON.stringify([one.symmetric && one.to < one.from ? [one.to, one.from] : [one.from, one.to], one.quad, one.standing, one.symmetric]);
    const key = pair(statement);
    const found = this.view.statements.filter((one) => pair(one) === key);
    return found.includes(statement) ? found : [statement];
  }

  async find(words, most) {
    const here = this.scene.find(words, most);
    if (!this.server || this.scene.total.nodes <= this.scene.nodes.size || !words.trim()) return here;
    const there = await this.server.find(words, most).catch(() => []);
    const known = new Set(here.map((node) => node.key));
    return [...here, ...there.filter((node) => !known.has(node.key))].slice(0, most);
  }

  /** Asks the server for what lies around a node. */
  async fetchAround(key) {
    if (!this.server || this.scene.total.nodes <= this.scene.nodes.size && this.scene.node(key)) return [];
    try {
      const data = await this.server.around(key);
      return this.grow(data, key);
    } catch (error) {
      announce(error.message);
      return [];
    }
  }

  grow(data, key) {
    const total = this.scene.total;
    const isNew = this.scene.add(data);
    this.scene.total = total;
    this.stage.grow(isNew, key);
    this.timeline.bins = null;
    this.facets.build();
    return isNew;
  }

  async openNode(key, { isWanted = false } = {}) {
    if (!this.scene.node(key)) await this.fetchAround(key);
    if (!this.scene.node(key)) return;
    const isHidden = !this.view.nodes.some((node) => node.key === key);
    const changes = { node: key, statement: null };
    if (isWanted && isHidden) {
      changes.hidden = this.state.hidden.filter((one) => one !== key);
      if (this.state.focus) changes.focus = [...this.state.focus, key];
    }
    this.store.change(changes);
    this.stage.reveal(key);
    announce(`${shortened(this.scene.nameOf(key), 80)}, ${count(this.scene.node(key).statements.length, "statement")}`);
  }

  openStatement(id) {
    const statement = this.scene.statements.get(id);
    if (!statement) return;
    this.store.change({ statement: id });
    announce(`${shortened(this.scene.nameOf(statement.from), 60)} ${spoken(statement.type)} ${shortened(this.scene.nameOf(statement.to), 60)}`);
  }

  openNothing() {
    this.store.change({ node: null, statement: null, path: [null, null] });
  }

  neighbours(key) {
    const node = this.scene.node(key);
    return [...new Set((node?.statements ?? []).map((one) => this.scene.other(one, key)))];
  }

  /** A node, its neighbours, and the ends of what it is a circumstance of. */
  surroundings(key) {
    const concerned = [...this.scene.statements.values()].filter((one) => one.circumstances.some((part) => part.node === key));
    return new Set([key, ...this.neighbours(key), ...concerned.flatMap((one) => [one.from, one.to])]);
  }

  async focusOn(key) {
    await this.fetchAround(key);
    const focus = [...this.surroundings(key)];
    this.store.change({ focus, hidden: this.state.hidden.filter((one) => !focus.includes(one)) });
    this.stage.fit(focus);
  }

  async expand(key) {
    await this.fetchAround(key);
    const around = this.surroundings(key);
    const focus = this.state.focus ? [...new Set([...this.state.focus, ...around])] : null;
    this.store.change({ node: key, statement: null, focus, hidden: this.state.hidden.filter((one) => !around.has(one)) });
    this.show(this.state, this.state);
  }

  /** Hides the neighbours that hang on this node alone. */
  collapse(key) {
    const hidden = new Set(this.state.hidden);
    const shown = new Set(this.view.nodes.map((node) => node.key));
    const leaves = this.neighbours(key).filter((other) => other !== key && shown.has(other)
      && this.neighbours(other).every((one) => one === key || one === other || !shown.has(one)));
    leaves.forEach((leaf) => hidden.add(leaf));
    announce(leaves.length ? `${count(leaves.length, "neighbour")} hidden` : "No neighbour hangs on this one alone.");
    this.store.change({ hidden: [...hidden] });
  }

  hide(key) {
    this.store.change({ hidden: [...new Set([...this.state.hidden, key])], node: null });
  }

  togglePin(key) {
    const pins = { ...this.state.pins };
    if (pins[key]) delete pins[key];
    else pins[key] = this.stage.placeOf(key).map((one) => Math.round(one * 10) / 10);
    this.store.change({ pins });
  }

  async setPathEnd(end, key) {
    if (key && !this.scene.node(key)) await this.fetchAround(key);
    const path = [...this.state.path];
    path[end] = key;
    if (path[0] && path[1] && this.server && this.scene.total.nodes > this.scene.nodes.size) {
      await this.server.path(...path).then((data) => this.grow(data, path[0])).catch((error) => announce(error.message));
    }
    this.store.change({ path, tab: path[0] && path[1] ? "path" : this.state.tab });
  }

  readAt(statement) {
    this.store.change({ tab: "text", statement: statement.id });
  }

  showTabs(tab, previous) {
    if (tab === "read" && !this.server) tab = "graph";
    // Text, paths and the form stand beside the graph, the others in its place.
    const isBeside = ["text", "path", "read"].includes(tab);
    for (const one of TABS) {
      const isShown = one === tab || (one === "graph" && isBeside);
      byId(`${one}-panel`).hidden = !isShown;
      const button = byId(`${one}-tab`);
      button.setAttribute("aria-selected", String(one === tab));
      button.tabIndex = one === tab ? 0 : -1;
    }
    byId("panels").classList.toggle("beside", isBeside);
    if (previous && previous !== tab) requestAnimationFrame(() => this.stage.resize());
  }

  savedTheme() {
    try {
      const saved = localStorage.getItem("geopol-theme");
      if (saved) return saved;
    } catch { /* A page from disk may have no storage. */ }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  setTheme(theme) {
    document.documentElement.dataset.theme = theme === "dark" ? "dark" : "light";
    byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
    byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
    this.stage?.repaint();
  }

  listen() {
    const on = (id, act) => byId(id).addEventListener("click", act);
    on("undo", () => this.store.undo());
    on("reset", () => { this.store.change({ ...emptyState(), tab: this.state.tab }); this.stage.move?.({ x: 0.5, y: 0.5, ratio: 1 }); });
    on("zoom-in", () => this.stage.zoom(0.7));
    on("zoom-out", () => this.stage.zoom(1 / 0.7));
    on("zoom-fit", () => this.stage.fit(this.view.nodes.map((node) => node.key)));
    on("link", async () => {
      const isCopied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
      byId("link").textContent = isCopied ? "Copied" : "It is in the address bar";
      setTimeout(() => { byId("link").textContent = "Copy link"; }, 1500);
    });
    on("theme", () => {
      const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("geopol-theme", theme);
      } catch { /* As above. */ }
      this.setTheme(theme);
    });
    on("help-open", () => this.help());
    on("skip", (event) => { event.preventDefault(); this.store.change({ tab: "table" }); byId("table-tab").focus(); });
    for (const tab of TABS) on(`${tab}-tab`, () => this.store.change({ tab }));
    byId("tabs").addEventListener("keydown", (event) => {
      const tabs = TABS.filter((tab) => !byId(`${tab}-tab`).hidden);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(this.state.tab) + step + tabs.length) % tabs.length];
      this.store.change({ tab: next });
      byId(`${next}-tab`).focus();
      event.preventDefault();
    });
    byId("stage").addEventListener("keydown", (event) => this.stageKey(event));
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("hashchange", () => this.store.set(decode(location.hash)));
    document.addEventListener("click", (event) => {
      if (!byId("export-menu").contains(event.target)) byId("export-menu").open = false;
    });
  }

  stageKey(event) {
    if (event.key.startsWith("Arrow")) {
      const next = this.stage.next(this.state.node, event.key);
      if (next) this.openNode(next);
    } else if (event.key === "+" || event.key === "=") this.stage.zoom(0.7);
    else if (event.key === "-") this.stage.zoom(1 / 0.7);
    else if (event.key === "0") this.stage.fit(this.view.nodes.map((node) => node.key));
    else if (event.key === "Enter") byId("card").focus();
    else if (event.key === "e" && this.state.node) this.expand(this.state.node);
    else if (event.key === "c" && this.state.node) this.collapse(this.state.node);
    else if (event.key === "p" && this.state.node) this.togglePin(this.state.node);
    else return;
    event.preventDefault();
  }

  key(event) {
    const isTyping = /^(input|textarea|select)$/i.test(event.target.tagName) && !["checkbox", "range"].includes(event.target.type);
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !isTyping) this.store.undo();
    else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "/") byId("search").focus();
    else if (event.key === "?") this.help();
    else if (event.key === "Escape" && !byId("help").open) this.openNothing();
    else return;
    event.preventDefault();
  }

  help() {
    const keys = [["/", "search"], ["Ctrl Z", "undo"], ["Esc", "close the card"], ["?", "this help"],
      ["arrows", "on the graph: the next entity that way; on tabs: the next tab"], ["Enter", "on the graph: to the card"],
      ["+ − 0", "on the graph: zoom in, out, everything"], ["e c p", "on the graph: expand, collapse, pin the chosen entity"]];
    byId("help").replaceChildren(el("h2", { id: "help-title" }, "Keys"),
      el("dl", {}, keys.map(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)])),
      el("p", {}, "Drag an entity to pin it where you want it; a double click brings in what lies around it. Drag over the timeline or the map to keep a time or an area. The address always restores what you see."),
      el("p", { class: "faint" }, "Made by geopol. Drawn with sigma and graphology (MIT); coastlines from Natural Earth (public domain)."),
      el("button", { id: "help-close", onclick: () => byId("help").close() }, "Close"));
    byId("help").showModal();
  }
}

async function start() {
  const inside = JSON.parse(byId("graph").textContent);
  const server = inside ? null : new Server();
  try {
    const app = new App(inside ?? await server.scene(), server);
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
    // For tests: where a node or the middle of a line is on the screen.
    window.geopol = {
      at: (key) => {
        const box = byId("stage").getBoundingClientRect();
        const place = app.stage.sigma.framedGraphToViewport(app.stage.sigma.getNodeDisplayData(key));
        return [box.left + place.x, box.top + place.y];
      },
    };
  } catch (error) {
    byId("stage-note").hidden = false;
    byId("stage-note").textContent = `The graph cannot be shown: ${error.message}`;
    throw error;
  }
}

start();
