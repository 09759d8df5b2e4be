// The search box: suggestions while one types, by names, other names and ids.

class Search {
  constructor(app) {
    this.app = app;
    this.input = byId("search");
    this.list = byId("suggestions");
    this.found = [];
    this.at = -1;
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("focus", () => this.input.value && this.suggest());
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  async suggest() {
    const words = this.input.value;
    const found = await this.app.find(words, 12);
    if (words !== this.input.value) return;
    this.found = found;
    this.at = found.length ? 0 : -1;
    this.list.replaceChildren(...found.map((node, at) => {
      const kind = this.app.scene.kinds.get(node.kind);
      const alias = (node.aliases ?? []).find((one) => folded(one).includes(folded(words)) && !folded(node.name).includes(folded(words)));
      return el("li", { role: "option", id: `suggestion-${at}`, onpointerdown: (event) => { event.preventDefault(); this.choose(at); } },
        this.app.facets.shape(kind), name(node.name, 60), el("span", { class: "faint" }, ` ${kind?.about ?? ""}${alias ? ` · ${shortened(alias, 40)}` : ""}`));
    }));
    if (!found.length && words.trim()) this.list.replaceChildren(el("li", { class: "faint", role: "option", "aria-disabled": "true" }, "Nothing of that name is in this graph."));
    this.list.hidden = !words.trim();
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `suggestion-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  async key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (this.found.length) this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter") {
      if (this.found.length === 0) await this.suggest();
      if (this.at >= 0) this.choose(this.at);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.close();
    }
  }

  choose(at) {
    const node = this.found[at];
    this.input.value = "";
    this.close();
    this.input.blur();
    if (node) this.app.openNode(node.key, { isWanted: true });
  }

  close() {
    this.list.hidden = true;
    this.found = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
