// The card: all about one entity, or the sentence behind one line.

const REFERENCES = {
  wikidata: (id) => (/^Q\d+$/.test(id) ? `https://www.wikidata.org/wiki/${id}` : null),
  geonames: (id) => (/^\d+$/.test(id) ? `https://www.geonames.org/${id}` : null),
};

class Card {
  constructor(app) {
    this.app = app;
    this.root = byId("card");
  }

  get scene() {
    return this.app.scene;
  }

  show(state) {
    const statement = this.scene.statements.get(state.statement);
    const node = this.scene.node(state.node);
    const content = statement ? this.ofStatement(statement) : node ? this.ofNode(node) : this.ofNothing();
    this.root.replaceChildren(...content);
    this.root.scrollTop = 0;
  }

  ofNothing() {
    const often = [...this.scene.nodes.values()].filter((node) => !node.is_value)
      .sort((a, b) => b.statements.length - a.statements.length || (a.name < b.name ? -1 : 1)).slice(0, 8);
    const articles = [...this.scene.articles.values()];
    return [
      el("h2", {}, "What is here"),
      el("p", { class: "faint" }, plain(this.scene.summary)),
      el("p", {}, "Click an entity for what is known of it, or a line for the sentence that says so."),
      el("h3", {}, "Most is said of"),
      el("ul", { class: "plain" }, often.map((node) => el("li", {}, this.entity(node.key), el("span", { class: "faint" }, ` ${node.statements.length}`)))),
      el("h3", {}, count(articles.length, "article")),
      el("ul", { class: "plain" }, articles.slice(0, 12).map((article) => el("li", {}, this.article(article)))),
      articles.length > 12 ? el("p", { class: "faint" }, `and ${articles.length - 12} more`) : null,
    ].filter(Boolean);
  }

  ofNode(node) {
    const { app } = this;
    const kind = this.scene.kinds.get(node.kind);
    const references = Object.entries(node.refs).map(([scheme, id]) => [scheme, link(Object.hasOwn(REFERENCES, scheme) ? REFERENCES[scheme](id) : null, plain(id))]);
    const facts = [
      node.aliases.length ? ["also", node.aliases.slice(0, 20).map((alias, at) => [at ? ", " : null, name(alias)])] : null,
      ...references.slice(0, 12),
      node.country ? ["country", plain(node.country)] : null,
      node.lat !== null ? ["place", `${node.lat.toFixed(2)}, ${node.lon.toFixed(2)}`] : null,
      ["mentioned", `${count(node.mentions, "time")} in ${count(node.articles.length, "article")}`],
      this.dates(node),
    ].filter(Boolean);
    const isPinned = Boolean(app.state.pins[node.key]);
    const [start, end] = app.state.path;
    return [
      this.head(el("h2", {}, name(node.name, 300)), node.is_value ? "value" : kind?.about ?? node.kind, kind),
      el("dl", {}, facts.map(([word, value]) => [el("dt", {}, spoken(word)), el("dd", {}, value)])),
      el("div", { class: "buttons" },
        el("button", { id: "node-focus", onclick: () => app.focusOn(node.key) }, "Only this and neighbours"),
        el("button", { id: "node-expand", onclick: () => app.expand(node.key) }, "Expand"),
        el("button", { id: "node-collapse", onclick: () => app.collapse(node.key) }, "Collapse"),
        el("button", { id: "node-pin", "aria-pressed": String(isPinned), onclick: () => app.togglePin(node.key) }, isPinned ? "Unpin" : "Pin"),
        el("button", { id: "node-hide", onclick: () => app.hide(node.key) }, "Hide"),
        el("button", { id: "path-from", "aria-pressed": String(start === node.key), onclick: () => app.setPathEnd(0, node.key) }, "Path from here"),
        el("button", { id: "path-to", "aria-pressed": String(end === node.key), onclick: () => app.setPathEnd(1, node.key) }, "Path to here")),
      ...this.relations(node),
      ...this.sentences("Circumstance of", (statement) => statement.circumstances.some((one) => one.node === node.key)),
      ...this.sentences("Says", (statement) => statement.speakers.some((speaker) => speaker.node === node.key)),
    ];
  }

  /** The days of which something dated is said. */
  dates(node) {
    const days = node.statements.filter((one) => one.isDated).flatMap((one) => [one.firstDay, one.lastDay]).filter((day) => day !== null);
    if (!days.length) return null;
    const [first, last] = [Math.min(...days), Math.max(...days)].map((day) => dayPhrase(toIso(day)));
    return ["dates", first === last ? first : `${first} – ${last}`];
  }

  relations(node) {
    const shown = new Set(this.app.view.statements.map((statement) => statement.id));
    const groups = new Map();
    let hidden = 0;
    for (const statement of node.statements) {
      if (!shown.has(statement.id)) {
        hidden += 1;
        continue;
      }
      const isActive = statement.from === node.key;
      const key = statement.symmetric ? statement.type : isActive ? `${statement.type} →` : `← ${statement.type}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(statement);
    }
    const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    return [
      el("h3", {}, "Relations"),
      sorted.length === 0 ? el("p", { class: "faint" }, "None in view.") : null,
      sorted.map(([key, statements], at) => el("details", { class: "group", open: at < 12 },
        el("summary", {}, el("span", { class: "swatch", color: this.scene.color(statements[0]) }), spoken(key), el("span", { class: "faint" }, ` ${statements.length}`)),
        el("ul", { class: "plain" }, statements.slice(0, 60).map((statement) => el("li", { class: `standing-${statement.standing}` },
          el("button", { class: "quiet statement", "data-statement": statement.id, onclick: () => this.app.openStatement(statement.id) },
            name(this.scene.nameOf(this.scene.other(statement, node.key)), 80),
            el("span", { class: "faint" }, this.note(statement)))))),
        statements.length > 60 ? el("p", { class: "faint" }, `and ${statements.length - 60} more; the tab Table has all`) : null)),
      hidden ? el("p", { class: "faint" }, `${count(hidden, "statement")} left out by the filters.`) : null,
    ].flat().filter(Boolean);
  }

  /** Statements in view that concern the entity though it is at neither end of them. */
  sentences(heading, concerns) {
    const found = this.app.view.statements.filter(concerns);
    if (!found.length) return [];
    return [
      el("h3", {}, heading),
      el("ul", { class: "plain" }, found.slice(0, 30).map((statement) => el("li", {}, this.sentence(statement)))),
      found.length > 30 ? el("p", { class: "faint" }, `and ${found.length - 30} more`) : null,
    ].filter(Boolean);
  }

  note(statement) {
    const words = [
      statement.standing === "denied" ? "denied" : null,
      statement.modality === "asserted" ? null : statement.modality,
      statement.derived ? "inferred" : null,
      statement.when,
      statement.speaker ? `says ${shortened(statement.speaker.phrase, 40)}` : null,
    ].filter(Boolean);
    return words.length ? ` ${words.map(plain).join(", ")}` : "";
  }

  ofStatement(statement) {
    const { app } = this;
    const siblings = app.siblings(statement);
    const at = siblings.indexOf(statement);
    const event = statement.event;
    const facts = [
      ["standing", this.scene.style.standings.find((one) => one.name === statement.standing)?.about],
      ["polarity", statement.polarity],
      ["modality", statement.modality],
      ["speaker", statement.speakers.length
        ? statement.speakers.map((speaker, number) => [number ? ", according to " : null, speaker.node ? this.entity(speaker.node) : name(speaker.name)])
        : "the article itself"],
      ["when", statement.when ? plain(statement.when) : statement.article?.date ? `told ${dayPhrase(statement.article.date)}` : "not said"],
      statement.valid.from || statement.valid.to ? ["holds", `${plain(statement.valid.from ?? "…")} to ${plain(statement.valid.to ?? "…")}`] : null,
      ...statement.circumstances.map((one) => [one.role, one.node ? this.entity(one.node) : name(one.text)]),
      ["class", this.scene.quads.get(statement.quad)?.about],
      event?.plover ? ["PLOVER", [event.plover, event.mode].filter(Boolean).map(plain).join(" / ")] : null,
      event?.cameo ? ["CAMEO", plain(event.cameo)] : null,
      event && event.score !== null ? ["score", String(event.score)] : null,
      event?.contexts?.length ? ["contexts", event.contexts.map(spoken).join(", ")] : null,
      statement.historical ? ["told as", "background of another time"] : null,
      statement.derived ? ["inferred", "yes, it was not said in so many words"] : null,
      ["confidence", [el("meter", { min: 0, max: 1, value: statement.confidence, "aria-hidden": "true" }), ` ${statement.confidence.toFixed(2)}`]],
      ["rule", el("code", {}, plain(statement.why) || "–")],
      ["article", this.article(statement.article)],
    ].filter(Boolean);
    return [
      this.head(el("h2", {}, this.entity(statement.from), " ", el("span", { class: "type", color: this.scene.color(statement) }, spoken(statement.type)), " ", this.entity(statement.to)), null, null),
      siblings.length > 1 ? el("div", { class: "siblings", role: "group", "aria-label": "Statements of this line" },
        el("button", { id: "previous", disabled: at <= 0, onclick: () => app.openStatement(siblings[at - 1].id) }, "‹"),
        el("span", {}, `${at + 1} of ${siblings.length}`),
        el("button", { id: "next", disabled: at >= siblings.length - 1, onclick: () => app.openStatement(siblings[at + 1].id) }, "›")) : null,
      this.evidence(statement),
      el("dl", {}, facts.map(([word, value]) => [el("dt", {}, spoken(word)), el("dd", {}, value ?? "–")])),
      this.sameSentence(statement),
    ].filter(Boolean);
  }

  /** The sentence in its paragraph, its parts marked. */
  evidence(statement) {
    const text = statement.article?.text;
    const key = el("p", { class: "key faint", "aria-hidden": "true" },
      ["subject", "predicate", "object", "circumstance", "speaker"].map((part) => el("span", { class: `mark-${part}` }, part)));
    if (!text) {
      return el("figure", { class: "evidence" }, el("blockquote", { dir: "auto" }, name(statement.evidence, 4000)));
    }
    const before = Math.max(text.lastIndexOf("\n\n", Math.max(statement.start - 1, 0)), statement.start - 1200, -2) + 2;
    const found = text.indexOf("\n\n", statement.end);
    const after = Math.min(found < 0 ? text.length : found, statement.end + 1200);
    return el("figure", { class: "evidence" },
      el("blockquote", { dir: "auto" },
        el("span", { class: "context" }, plain(text.slice(Math.min(before, statement.start), statement.start))),
        el("span", { class: "sentence", id: "evidence" }, this.marked(statement, text)),
        el("span", { class: "context" }, plain(text.slice(statement.end, after)))),
      statement.marks.length ? key : null,
      el("figcaption", {}, el("button", { class: "quiet", id: "read-on", onclick: () => this.app.readAt(statement) }, "Read it in the article")));
  }

  /** A sentence cut where its parts begin and end; where parts overlap, the shorter is marked. */
  marked(statement, text) {
    const { start, end } = statement;
    const cuts = new Set([start, end]);
    for (const [, from, to] of statement.marks) cuts.add(Math.max(from, start)).add(Math.min(to, end));
    const places = [...cuts].sort((a, b) => a - b);
    const pieces = [];
    for (let at = 0; at + 1 < places.length; at += 1) {
      const [from, to] = [places[at], places[at + 1]];
      const over = statement.marks.filter((mark) => mark[1] <= from && mark[2] >= to).sort((a, b) => (a[2] - a[1]) - (b[2] - b[1]));
      const words = plain(text.slice(from, to));
      pieces.push(over.length ? el("mark", { class: `mark-${over[0][0]}`, title: over.map((mark) => mark[0]).join(", ") }, words) : words);
    }
    return pieces;
  }

  /** What else the same sentence says. */
  sameSentence(statement) {
    const others = (statement.article?.statements ?? []).filter((other) => other !== statement && other.start === statement.start && other.end === statement.end);
    if (!others.length) return null;
    return el("section", {}, el("h3", {}, "The sentence also says"),
      el("ul", { class: "plain" }, others.slice(0, 20).map((other) => el("li", {}, this.sentence(other)))));
  }

  sentence(statement) {
    return el("button", { class: `quiet statement standing-${statement.standing}`, "data-statement": statement.id, onclick: () => this.app.openStatement(statement.id) },
      name(this.scene.nameOf(statement.from), 60), " ", el("span", { class: "type", color: this.scene.color(statement) }, spoken(statement.type)), " ", name(this.scene.nameOf(statement.to), 60),
      el("span", { class: "faint" }, this.note(statement)));
  }

  head(title, about, kind) {
    return el("div", { class: "head" }, title,
      about ? el("span", { class: "kind", color: kind?.fill ?? "#f1f2f4" }, about) : null,
      el("button", { id: "card-close", "aria-label": "Close", onclick: () => this.app.openNothing() }, "×"));
  }

  entity(key) {
    return el("button", { class: "quiet entity", "data-node": key, onclick: () => this.app.openNode(key) }, name(this.scene.nameOf(key), 120));
  }

  article(article) {
    if (!article) return "–";
    const words = [article.source, article.date ? dayPhrase(article.date) : null].filter(Boolean).map(plain).join(", ");
    return [link(article.url, name(article.title ?? article.id, 160)), words ? el("span", { class: "faint" }, ` ${words}`) : null];
  }
}
