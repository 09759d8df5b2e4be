// Paths: how two entities hang together, over what is told as done.

class Paths {
  constructor(app) {
    this.app = app;
    this.root = byId("path-panel");
    this.ends = [0, 1].map((end) => this.box(end));
    this.result = el("div", { id: "path-result", "aria-live": "polite" });
    this.root.replaceChildren(
      el("h2", {}, "How two hang together"),
      el("p", { class: "faint" }, "The shortest ways over what is affirmed and told as done, whatever the direction of the relations. Choose two entities here, or with “Path from here” and “Path to here” on their cards."),
      el("div", { class: "ends" }, this.ends.map(({ label }) => label),
        el("button", { id: "path-clear", onclick: () => app.store.change({ path: [null, null] }) }, "Clear")),
      this.result);
  }

  box(end) {
    const list = el("datalist", { id: `path-names-${end}` });
    const input = el("input", { type: "text", list: list.id, id: end ? "path-end" : "path-start", autocomplete: "off", maxlength: 200 });
    input.addEventListener("input", async () => {
      const found = await this.app.find(input.value, 12);
      list.replaceChildren(...found.map((node) => el("option", { value: shortened(node.name, 120) })));
    });
    input.addEventListener("change", async () => {
      const found = input.value.trim() ? (await this.app.find(input.value, 1))[0] : null;
      if (input.value.trim() && !found) announce("Nothing of that name is in this graph.");
      await this.app.setPathEnd(end, found?.key ?? null);
    });
    return { input, label: el("label", {}, end ? "to " : "from ", input, list) };
  }

  /** Breadth first from one end; up to three ways that are equally short, each step with what says so. */
  find([start, end]) {
    const { scene, view } = this.app;
    if (!start || !end || start === end || !scene.node(start) || !scene.node(end)) return [];
    const links = new Map();
    const add = (from, to, statement) => {
      if (!links.has(from)) links.set(from, new Map());
      const others = links.get(from);
      if (!others.has(to)) others.set(to, []);
      others.get(to).push(statement);
    };
    for (const statement of view.statements) {
      if (statement.polarity !== "affirmed" || statement.modality !== "asserted") continue;
      add(statement.from, statement.to, statement);
      if (statement.from !== statement.to) add(statement.to, statement.from, statement);
    }
    const before = new Map([[start, []]]);
    const steps = new Map([[start, 0]]);
    let edge = [start];
    while (edge.length && !steps.has(end)) {
      const next = [];
      for (const key of edge) {
        for (const other of [...(links.get(key)?.keys() ?? [])].sort()) {
          if (!steps.has(other)) {
            steps.set(other, steps.get(key) + 1);
            before.set(other, []);
            next.push(other);
          }
          if (steps.get(other) === steps.get(key) + 1) before.get(other).push(key);
        }
      }
      edge = next;
    }
    if (!steps.has(end)) return [];
    const ways = [];
    const walk = (key, rest) => {
      if (ways.length === 3) return;
      if (key === start) ways.push([start, ...rest]);
      else for (const earlier of before.get(key)) walk(earlier, [key, ...rest]);
    };
    walk(end, []);
    return ways.map((way) => way.slice(1).map((key, at) => {
      const statements = [...links.get(way[at]).get(key)].sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
      return { from: way[at], to: key, statements };
    }));
  }

  show(state) {
    const { app } = this;
    this.ways = this.find(state.path);
    this.ends.forEach(({ input }, end) => {
      if (document.activeElement !== input) input.value = state.path[end] ? shortened(app.scene.nameOf(state.path[end]), 120) : "";
    });
    if (this.root.hidden) return;
    const [start, end] = state.path;
    const isAsked = start && end;
    this.result.replaceChildren(...(!isAsked ? [] : start === end ? [el("p", {}, "That is one and the same.")]
      : this.ways.length ? this.ways.map((way) => el("ol", { class: "way" }, way.map((step) => el("li", {}, app.card.sentence(step.statements[0]),
        step.statements.length > 1 ? el("span", { class: "faint" }, ` and ${step.statements.length - 1} more`) : null,
        el("p", { class: "quote", dir: "auto" }, name(step.statements[0].evidence, 400))))))
        : [el("p", { id: "no-path" }, "Nothing in view connects them by what is told as done.")]));
  }
}
