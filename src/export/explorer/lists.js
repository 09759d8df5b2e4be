// What is in view as tables: every statement, and who says what. For eyes, keyboards and screen readers alike.

const ROWS = 200;

class Lists {
  constructor(app) {
    this.app = app;
    this.table = byId("table-panel");
    this.claims = byId("claims-panel");
    this.page = 0;
    this.sorting = ["from", 1];
  }

  show() {
    if (!this.table.hidden) this.showTable();
    if (!this.claims.hidden) this.showClaims();
  }

  showTable() {
    const { app } = this;
    const { scene } = app;
    const columns = {
      from: ["Subject", (s) => scene.nameOf(s.from)], type: ["Relation", (s) => s.type], to: ["Object", (s) => scene.nameOf(s.to)],
      standing: ["Standing", (s) => s.standing], speaker: ["Says", (s) => s.speaker?.phrase ?? ""],
      when: ["When", (s) => s.first ?? s.last ?? ""], confidence: ["Confidence", (s) => s.confidence], source: ["Source", (s) => s.source],
    };
    const [column, direction] = this.sorting;
    const value = columns[column][1];
    const rows = [...app.view.statements].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      return (x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1) * direction;
    });
    const pages = Math.max(1, Math.ceil(rows.length / ROWS));
    this.page = Math.min(this.page, pages - 1);
    const shown = rows.slice(this.page * ROWS, (this.page + 1) * ROWS);
    const head = Object.entries(columns).map(([key, [title]]) => el("th", { scope: "col", "aria-sort": key === column ? (direction > 0 ? "ascending" : "descending") : null },
      el("button", { class: "quiet", onclick: () => { this.sorting = [key, key === column ? -direction : 1]; this.showTable(); } }, title)));
    const body = shown.map((s) => el("tr", { class: s.id === app.state.statement ? "selected" : null },
      el("td", {}, app.card.entity(s.from)),
      el("td", {}, el("button", { class: `quiet standing-${s.standing}`, "data-statement": s.id, onclick: () => app.openStatement(s.id) }, el("span", { class: "type", color: scene.color(s) }, spoken(s.type)))),
      el("td", {}, app.card.entity(s.to)),
      el("td", {}, s.standing === "fact" ? "" : s.standing === "open" ? s.modality : s.standing),
      el("td", {}, s.speaker ? name(s.speaker.phrase, 60) : ""),
      el("td", {}, s.when ? plain(s.when) : s.article?.date ? el("span", { class: "faint" }, dayPhrase(s.article.date)) : ""),
      el("td", { class: "number" }, s.confidence.toFixed(2)),
      el("td", {}, name(s.source, 40))));
    const alone = app.view.nodes.filter((node) => node.statements.length === 0);
    this.table.replaceChildren(
      el("table", {}, el("caption", {}, count(rows.length, "statement"), " in view"), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)),
      pages > 1 ? el("div", { class: "pager" },
        el("button", { id: "page-back", disabled: this.page === 0, onclick: () => { this.page -= 1; this.showTable(); } }, "‹ back"),
        el("span", {}, `page ${this.page + 1} of ${pages}`),
        el("button", { id: "page-on", disabled: this.page >= pages - 1, onclick: () => { this.page += 1; this.showTable(); } }, "on ›")) : "",
      alone.length ? el("p", {}, "Named, and nothing more is said: ", alone.slice(0, 300).map((node, at) => [at ? ", " : null, app.card.entity(node.key)])) : "");
  }

  /** By speaker; what the article says itself comes last. What one affirms and another denies stands on top. */
  showClaims() {
    const { app } = this;
    const { scene } = app;
    const speakers = new Map();
    const told = new Map();
    for (const statement of app.view.statements) {
      const ends = statement.symmetric && statement.to < statement.from ? [statement.to, statement.from] : [statement.from, statement.to];
      const key = JSON.stringify([...ends, statement.type]);
      if (!told.has(key)) told.set(key, []);
      told.get(key).push(statement);
      if (!statement.speakers.length) continue;
      const first = statement.speakers[0];
      const who = first.node ?? `?${first.name}`;
      if (!speakers.has(who)) speakers.set(who, { ...first, statements: [] });
      speakers.get(who).statements.push(statement);
    }
    const disputed = [...told.values()].filter((statements) => new Set(statements.map((one) => one.polarity)).size > 1);
    const sorted = [...speakers.values()].sort((a, b) => b.statements.length - a.statements.length || (a.name < b.name ? -1 : 1));
    const row = (statement) => el("li", {}, app.card.sentence(statement), el("p", { class: "quote", dir: "auto" }, name(statement.evidence, 400)));
    this.claims.replaceChildren(
      disputed.length ? el("section", { id: "disputed" }, el("h2", {}, "Said one way and the other"),
        disputed.slice(0, 50).map((statements) => el("ul", { class: "plain claim" }, statements.slice(0, 12).map((statement) => el("li", {},
          el("span", { class: "who" }, statement.speaker ? name(statement.speaker.phrase, 80) : name(statement.source, 60)), statement.polarity === "negated" ? " denies: " : " affirms: ", app.card.sentence(statement)))))) : "",
      el("section", {}, el("h2", {}, "Who says what"),
        sorted.length ? sorted.slice(0, 200).map((speaker) => el("details", { class: "claim", open: sorted.length <= 12 },
          el("summary", {}, speaker.node && scene.node(speaker.node) ? app.card.entity(speaker.node) : name(speaker.name, 100),
            el("span", { class: "faint" }, ` ${count(speaker.statements.length, "claim")}`)),
          el("ul", { class: "plain" }, speaker.statements.slice(0, 100).map(row)))) : el("p", { class: "faint" }, "Everything in view is said by the articles themselves.")));
  }
}
