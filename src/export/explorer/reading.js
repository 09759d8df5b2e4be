// Reading: the articles with the sentences that something was understood of, and, where a server answers, a place to paste one.

class Reading {
  constructor(app) {
    this.app = app;
    this.root = byId("text-panel");
    this.article = null;
    this.read = byId("read-panel");
  }

  show(state) {
    if (!this.read.hidden && !this.form) this.buildForm();
    if (this.root.hidden) return;
    const { scene } = this.app;
    const articles = [...scene.articles.values()].filter((article) => article.text);
    const wanted = scene.statements.get(state.statement)?.article;
    if (wanted?.text) this.article = wanted.id;
    if (!articles.some((article) => article.id === this.article)) this.article = articles[0]?.id ?? null;
    const article = scene.articles.get(this.article);
    if (!article) {
      this.root.replaceChildren(el("p", { class: "faint" }, "The graph holds no text of its articles."));
      return;
    }
    const choice = el("select", { id: "article", "aria-label": "Article", onchange: (event) => { this.article = event.target.value; this.show(this.app.state); } },
      articles.slice(0, 2000).map((one) => el("option", { value: one.id, selected: one.id === this.article }, shortened(one.title ?? one.id, 90))));
    const body = el("div", { class: "article", dir: "auto" }, this.body(article, state));
    this.root.replaceChildren(el("p", {}, choice), article.title ? el("h2", {}, name(article.title, 300)) : "",
      el("p", { class: "faint" }, this.app.card.article(article)), body);
    this.root.querySelector(".chosen")?.scrollIntoView({ block: "center" });
  }

  /** The text in pieces: sentences that say something are buttons. */
  body(article, state) {
    const shown = new Set(this.app.view.statements);
    const sentences = new Map();
    for (const statement of article.statements) {
      if (!shown.has(statement) || statement.end <= statement.start) continue;
      const key = `${statement.start}-${statement.end}`;
      if (!sentences.has(key)) sentences.set(key, { start: statement.start, end: statement.end, statements: [] });
      sentences.get(key).statements.push(statement);
    }
    const pieces = [];
    let at = 0;
    for (const { start, end, statements } of [...sentences.values()].sort((a, b) => a.start - b.start)) {
      if (start < at) continue;
      pieces.push(plainLines(article.text.slice(at, start)));
      const chosen = statements.find((one) => one.id === state.statement);
      const open = () => this.app.openStatement(chosen ? statements[(statements.indexOf(chosen) + 1) % statements.length].id : statements[0].id);
      // A real button would not break over lines like the text around it.
      pieces.push(el("span", {
        role: "button", tabindex: 0, class: `sentence${chosen ? " chosen" : ""}`, "data-statement": statements[0].id, "aria-pressed": String(Boolean(chosen)),
        title: statements.map((one) => `${shortened(this.app.scene.nameOf(one.from), 30)} ${spoken(one.type)} ${shortened(this.app.scene.nameOf(one.to), 30)}`).join("\n"),
        onclick: open,
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          open();
        },
      }, chosen ? this.app.card.marked(chosen, article.text) : plain(article.text.slice(start, end)), el("sup", {}, String(statements.length))));
      at = end;
    }
    pieces.push(plainLines(article.text.slice(at)));
    return pieces;
  }

  buildForm() {
    const text = el("textarea", { id: "paste", rows: 14, required: true, maxlength: 200000, placeholder: "Paste an article here", "aria-label": "Text of the article", dir: "auto" });
    const title = el("input", { type: "text", id: "paste-title", maxlength: 500 });
    const date = el("input", { type: "date", id: "paste-date" });
    const status = el("p", { id: "paste-status", role: "status" });
    const send = el("button", { id: "paste-send", type: "button" }, "Show its graph");
    const back = el("button", { id: "paste-back", type: "button", hidden: true, onclick: () => { back.hidden = true; this.app.replace(this.whole); } }, "Back to the whole graph");
    send.addEventListener("click", async () => {
      if (!text.value.trim()) {
        status.textContent = "There is nothing to read yet.";
        return;
      }
      send.disabled = true;
      status.textContent = "Reading …";
      try {
        const scene = await this.app.server.extract({ text: text.value, title: title.value || null, date: date.value || null });
        this.whole ??= this.app.data;
        back.hidden = false;
        status.textContent = plain(scene.summary);
        this.article = null;
        this.app.replace(scene, "text");
      } catch (error) {
        status.textContent = plain(error.message);
      }
      send.disabled = false;
    });
    this.form = el("div", { class: "form" }, el("h2", {}, "Read an article"),
      el("p", { class: "faint" }, "It is read on this computer and not kept. Its graph then stands beside its sentences."),
      text, el("div", { class: "ends" }, el("label", {}, "title ", title), el("label", {}, "date ", date), send, back), status);
    this.read.replaceChildren(this.form);
  }
}

/** Text between the sentences, with its line breaks. */
const plainLines = (text) => text.split("\n").flatMap((line, at) => (at ? [el("br"), plain(line)] : [plain(line)]));
