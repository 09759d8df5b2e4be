// The filters: what the facets hold, how much of each, and what the colours and shapes mean.

class Facets {
  constructor(app) {
    this.app = app;
    this.root = byId("facets");
    this.open = new Set(["quad", "kind", "type"]);
    this.build();
  }

  get scene() {
    return this.app.scene;
  }

  build() {
    const { scene, app } = this;
    const counts = { type: new Map(), quad: new Map(), kind: new Map(), polarity: new Map(), modality: new Map(), source: new Map() };
    const add = (map, value) => map.set(value, (map.get(value) ?? 0) + 1);
    for (const statement of scene.statements.values()) {
      for (const [facet, values] of Object.entries(FACETS)) values(statement).forEach((value) => add(counts[facet], value));
    }
    for (const node of scene.nodes.values()) if (!node.is_value) add(counts.kind, node.kind);
    const byCount = (map) => [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const inOrder = (map, order) => order.filter((value) => map.has(value)).map((value) => [value, map.get(value)]);
    this.sure = el("input", { type: "range", id: "sure", min: 0, max: 1, step: 0.05, value: app.state.sure, "aria-describedby": "sure-value" });
    this.sure.addEventListener("input", () => app.store.change({ sure: Number(this.sure.value) }, { isPassing: true }));
    this.sure.addEventListener("change", () => app.settle());
    this.sureValue = el("output", { id: "sure-value" });
    this.derived = el("input", { type: "checkbox", id: "derived" });
    this.derived.addEventListener("change", () => app.store.change({ derived: this.derived.checked }));
    this.labels = el("input", { type: "checkbox", id: "labels" });
    this.labels.addEventListener("change", () => app.store.change({ labels: this.labels.checked }));
    this.root.replaceChildren(
      el("h2", {}, "Filters"),
      this.group("quad", "Class of event", inOrder(counts.quad, [...scene.quads.keys()]), (value) => [this.dash(scene.quads.get(value)?.color), scene.quads.get(value)?.about]),
      this.group("kind", "Kind of entity", inOrder(counts.kind, [...scene.kinds.keys()]), (value) => [this.shape(scene.kinds.get(value)), scene.kinds.get(value)?.about ?? value]),
      this.group("type", "Type of relation", byCount(counts.type), (value) => [spoken(value)]),
      this.group("polarity", "Polarity", byCount(counts.polarity), (value) => [spoken(value)]),
      this.group("modality", "Modality", byCount(counts.modality), (value) => [spoken(value)]),
      this.group("source", "Source", byCount(counts.source), (value) => [name(value, 40)]),
      el("div", { class: "facet" },
        el("label", { for: "sure" }, "Confidence at least ", this.sureValue), this.sure,
        el("label", { class: "check" }, this.derived, "with what is inferred"),
        el("label", { class: "check" }, this.labels, "words on the lines")),
      this.legend());
    this.show(app.state);
  }

  group(facet, title, values, look) {
    const { app } = this;
    const all = el("button", { class: "quiet", onclick: () => app.store.change({ off: { ...app.state.off, [facet]: [] } }) }, "all");
    const none = el("button", { class: "quiet", onclick: () => app.store.change({ off: { ...app.state.off, [facet]: values.map(([value]) => value) } }) }, "none");
    const rows = values.map(([value, number]) => {
      const box = el("input", { type: "checkbox", "data-facet": facet, "data-value": value });
      box.addEventListener("change", () => app.store.toggle(facet, value, box.checked));
      const only = el("button", {
        class: "quiet only", "aria-label": `only ${spoken(value)}`,
        onclick: () => app.store.change({ off: { ...app.state.off, [facet]: values.map(([one]) => one).filter((one) => one !== value) } }),
      }, "only");
      return el("li", {}, el("label", { class: "check" }, box, look(value), el("span", { class: "faint" }, ` ${number}`)), only);
    });
    const details = el("details", { class: "facet", id: `facet-${facet}`, open: this.open.has(facet) },
      el("summary", {}, title), el("div", { class: "all" }, all, none), el("ul", { class: "plain" }, rows));
    details.addEventListener("toggle", () => (details.open ? this.open.add(facet) : this.open.delete(facet)));
    return details;
  }

  dash(color) {
    return el("span", { class: "dash", color: color ?? "#888", "aria-hidden": "true" });
  }

  shape(kind) {
    const size = 14;
    return el("svg:svg", { width: size, height: size, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, outline(SHAPES[kind?.shape] ?? "circle", 6.5, kind?.fill ?? "#eee", kind?.border ?? "#888"));
  }

  legend() {
    const sample = { fact: "", claimed: "1.5 4", open: "6 4", denied: "" };
    const rows = this.scene.style.standings.map((standing) => {
      const color = standing.name === "denied" ? this.scene.style.denied : "#7a8491";
      return el("li", {}, el("svg:svg", { width: 34, height: 10, "aria-hidden": "true" },
        el("svg:line", { x1: 2, y1: 5, x2: 32, y2: 5, stroke: color, "stroke-width": 2, "stroke-dasharray": sample[standing.name] || null, "stroke-linecap": standing.name === "claimed" ? "round" : null }),
        standing.name === "denied" ? el("svg:line", { x1: 32, y1: 1, x2: 32, y2: 9, stroke: color, "stroke-width": 2.5 }) : null),
      ` ${standing.about}`);
    });
    return el("details", { class: "facet", id: "legend", open: true }, el("summary", {}, "Legend"),
      el("ul", { class: "plain" }, rows,
        el("li", {}, el("svg:svg", { width: 34, height: 14, viewBox: "-17 -7 34 14", "aria-hidden": "true" }, el("svg:circle", { r: 3.5, fill: "#d4d8de", stroke: "#8b939e" })), " value: a number with its unit")),
      el("p", { class: "faint" }, "Blue is cooperation, orange and red are conflict; pale is words, strong is deeds. Colours and shapes of entities stand with their kinds above."));
  }

  show(state) {
    for (const box of this.root.querySelectorAll("input[data-facet]")) {
      box.checked = !state.off[box.dataset.facet].includes(box.dataset.value);
    }
    this.sure.value = state.sure;
    this.sureValue.textContent = state.sure.toFixed(2);
    this.derived.checked = state.derived;
    this.labels.checked = state.labels;
  }
}

/** A shape as SVG, its middle at zero. */
function outline(shape, size, fill, border) {
  const look = { fill, stroke: border, "stroke-width": 1.4 };
  const around = (corners, turn) => Array.from({ length: corners }, (_, at) => {
    const angle = (at * 2 * Math.PI) / corners + turn;
    return `${(Math.cos(angle) * size).toFixed(2)},${(Math.sin(angle) * size).toFixed(2)}`;
  }).join(" ");
  if (shape === "square") return el("svg:rect", { x: -size * 0.9, y: -size * 0.9, width: size * 1.8, height: size * 1.8, rx: size * 0.25, ...look });
  const polygons = { diamond: [4, 0], triangle: [3, -Math.PI / 2], hexagon: [6, 0], octagon: [8, Math.PI / 8] };
  if (polygons[shape]) return el("svg:polygon", { points: around(...polygons[shape]), ...look });
  return el("svg:circle", { r: size, ...look });
}
