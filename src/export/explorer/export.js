// Exports: the current view as a file, made in the page.

function save(bytes, media, fileName) {
  const address = URL.createObjectURL(new Blob([bytes], { type: media }));
  const anchor = el("a", { href: address, download: fileName });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The view as an SVG element: as on the stage, with every name. */
function picture(scene, view, placeOf, colors = { text: "#1d232b", ground: "#ffffff" }) {
  const places = new Map(view.nodes.map((node) => [node.key, placeOf(node.key)]));
  const xs = [...places.values()].map((place) => place[0]);
  const ys = [...places.values()].map((place) => place[1]);
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b), Infinity), ys.reduce((a, b) => Math.min(a, b), Infinity)];
  const [right, bottom] = [xs.reduce((a, b) => Math.max(a, b), -Infinity), ys.reduce((a, b) => Math.max(a, b), -Infinity)];
  const isAny = places.size > 0;
  const box = isAny ? [left - 60, top - 40, right - left + 240, bottom - top + 80] : [0, 0, 200, 60];
  const svg = el("svg:svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: box.map((one) => one.toFixed(1)).join(" "), width: box[2].toFixed(0), height: box[3].toFixed(0),
    "font-family": "Helvetica, Arial, 'Liberation Sans', sans-serif", "font-size": 12,
  });
  svg.append(el("svg:title", {}, shortened(scene.title ?? scene.summary, 200)));
  svg.append(el("svg:rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: colors.ground }));
  const shown = lines(scene, view.statements);
  const parallel = new Map();
  for (const line of shown) {
    const pair = [line.from, line.to].sort().join("\u0000");
    if (!parallel.has(pair)) parallel.set(pair, []);
    parallel.get(pair).push(line);
  }
  const isWorded = shown.length <= 130;
  const words = [];
  for (const together of parallel.values()) {
    together.forEach((line, at) => {
      const [a, b] = [places.get(line.from), places.get(line.to)];
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
      const length = Math.hypot(dx, dy) || 1;
      const turn = line.from < line.to ? 1 : -1;
      const bend = (at - (together.length - 1) / 2) * 34 * turn;
      const middle = line.from === line.to ? [a[0], a[1] - 50] : [(a[0] + b[0]) / 2 - (dy / length) * bend, (a[1] + b[1]) / 2 + (dx / length) * bend];
      const d = line.from === line.to ? `M${a[0] - 6},${a[1] - 8}C${a[0] - 30},${a[1] - 55} ${a[0] + 30},${a[1] - 55} ${a[0] + 6},${a[1] - 8}` : `M${a.join(",")}Q${middle.map((one) => one.toFixed(1)).join(",")} ${b.join(",")}`;
      const look = { fill: "none", stroke: line.color, "stroke-width": (1.4 + Math.log2(line.statements.length) * 0.6).toFixed(1), "stroke-dasharray": { open: "6 4", claimed: "1.5 4" }[line.standing] ?? null };
      svg.append(el("svg:g", {}, el("svg:title", {}, `${shortened(scene.nameOf(line.from), 80)} – ${line.label} – ${shortened(scene.nameOf(line.to), 80)}\n${shortened(line.statements[0].evidence, 400)}`), el("svg:path", { d, ...look })));
      if (!line.symmetric && line.from !== line.to) {
        const [ex, ey] = [b[0] - middle[0], b[1] - middle[1]];
        const far = Math.hypot(ex, ey) || 1;
        const [ux, uy] = [ex / far, ey / far];
        const tip = [b[0] - ux * 11, b[1] - uy * 11];
        const points = line.standing === "denied"
          ? `M${tip[0] - uy * 5},${tip[1] + ux * 5}L${tip[0] + uy * 5},${tip[1] - ux * 5}`
          : `M${tip[0]},${tip[1]}L${tip[0] - ux * 8 - uy * 4},${tip[1] - uy * 8 + ux * 4}L${tip[0] - ux * 8 + uy * 4},${tip[1] - uy * 8 - ux * 4}Z`;
        svg.append(el("svg:path", { d: points, fill: line.standing === "denied" ? "none" : line.color, stroke: line.color, "stroke-width": line.standing === "denied" ? 2.5 : 0 }));
      }
      if (isWorded) words.push(el("svg:text", { x: ((a[0] + b[0]) / 4 + middle[0] / 2).toFixed(1), y: ((a[1] + b[1]) / 4 + middle[1] / 2 + 3).toFixed(1), "text-anchor": "middle", "font-size": 9.5, fill: colors.text, stroke: colors.ground, "stroke-width": 3, "paint-order": "stroke" }, shortened(line.label, 44)));
    });
  }
  svg.append(...words);
  const isNamed = view.nodes.length <= 400;
  for (const node of view.nodes) {
    const kind = scene.kinds.get(node.kind);
    const [x, y] = places.get(node.key);
    const size = node.is_value ? 4 : Math.min(7 + Math.sqrt(node.statements.length) * 1.2, 14);
    svg.append(el("svg:g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
      el("svg:title", {}, `${shortened(node.name, 200)} (${node.is_value ? "value" : kind?.about ?? node.kind})`),
      outline(node.is_value ? "circle" : SHAPES[kind?.shape] ?? "circle", size, node.is_value ? "#d4d8de" : kind?.fill ?? "#eee", node.is_value ? "#8b939e" : kind?.border ?? "#888"),
      isNamed ? el("svg:text", { x: size + 4, y: 4, fill: colors.text, stroke: colors.ground, "stroke-width": 3, "paint-order": "stroke" }, shortened(node.name, 42)) : null));
  }
  return svg;
}

class Exports {
  constructor(app) {
    this.app = app;
    for (const format of ["svg", "png", "dot", "json"]) {
      byId(`export-${format}`).addEventListener("click", () => {
        byId("export-menu").open = false;
        this[format]();
      });
    }
  }

  svgText() {
    const { app } = this;
    return new XMLSerializer().serializeToString(picture(app.scene, app.view, (key) => app.stage.placeOf(key), app.stage.colors));
  }

  svg() {
    save(this.svgText(), "image/svg+xml", "graph.svg");
  }

  async png() {
    const image = new Image();
    const address = URL.createObjectURL(new Blob([this.svgText()], { type: "image/svg+xml" }));
    image.src = address;
    await image.decode();
    const scale = Math.min(2, 8000 / Math.max(image.naturalWidth, image.naturalHeight, 1));
    const canvas = el("canvas", { width: Math.max(1, Math.round(image.naturalWidth * scale)), height: Math.max(1, Math.round(image.naturalHeight * scale)) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    save(blob, "image/png", "graph.png");
  }

  dot() {
    const { scene, view } = this.app;
    const quoted = (text) => `"${plain(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    const nodes = view.nodes.map((node) => {
      const kind = scene.kinds.get(node.kind);
      const look = node.is_value ? "shape=plaintext" : `shape=${kind.shape}, style=filled, fillcolor="${kind.fill}", color="${kind.border}", fontcolor="${kind.text}"`;
      return `  ${quoted(node.key)} [label=${quoted(shortened(node.name, 120))}, ${look}];`;
    });
    const style = { fact: "solid", claimed: "dotted", open: "dashed", denied: "solid" };
    const edges = lines(scene, view.statements).map((line) => `  ${quoted(line.from)} -> ${quoted(line.to)} [label=${quoted(line.label)}, color="${line.color}", style=${style[line.standing]}, tooltip=${quoted(shortened(line.statements[0].evidence, 400))}, dir=${line.symmetric ? "none" : "forward"}, arrowhead=${line.standing === "denied" ? "tee" : "normal"}];`);
    save(`digraph geopol {\n  graph [layout=${nodes.length > 80 ? "sfdp" : "neato"}, overlap=${nodes.length > 80 ? "prism" : "false"}];\n${[...nodes, ...edges].join("\n")}\n}\n`, "text/vnd.graphviz", "graph.dot");
  }

  json() {
    const { view, state } = this.app;
    const nodes = view.nodes.map(({ statements, names, ids, articles, x, y, ...node }) => ({ id: node.key, ...node, articles }));
    const edges = view.statements.map(({ article, from, to, firstDay, lastDay, speakers, isDated, marks, source, ...rest }) => ({ source: from, target: to, ...rest, quad: rest.quad === "none" ? null : rest.quad, article: article?.id ?? null, article_date: article?.date ?? null }));
    save(JSON.stringify({ directed: true, multigraph: true, graph: { view: state }, nodes, edges }, null, 1), "application/json", "graph.json");
  }
}
