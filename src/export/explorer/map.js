// The map: linked places on coastlines from Natural Earth, with no tile server. A drag keeps what lies inside.

/** A ring that crosses the edge of the map goes on beyond it, and is drawn a second time on the other side. */
function unwrapped(points) {
  let turns = 0;
  const ring = points.map(([lon, lat], at) => {
    const step = at ? lon - points[at - 1][0] : 0;
    if (step > 180) turns -= 360;
    else if (step < -180) turns += 360;
    return [lon + turns, lat];
  });
  // A ring around a pole closes through it.
  const [first, last] = [ring[0][0], ring[ring.length - 1][0]];
  if (Math.abs(last - first) > 180) ring.push([last, -90], [first, -90]);
  const lons = ring.map((point) => point[0]);
  const rings = [ring];
  if (lons.some((lon) => lon > 180)) rings.push(ring.map(([lon, lat]) => [lon - 360, lat]));
  if (lons.some((lon) => lon < -180)) rings.push(ring.map(([lon, lat]) => [lon + 360, lat]));
  return rings;
}

/** Lines of a topology: arcs are quantized and each point is told as the step from the one before. */
function coastlines(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  const rings = [];
  const ring = (numbers) => {
    const points = numbers.flatMap((number, at) => {
      const arc = number < 0 ? [...arcs[~number]].reverse() : arcs[number];
      return at ? arc.slice(1) : arc;
    });
    rings.push(...unwrapped(points));
  };
  const polygons = (geometry) => {
    if (geometry.type === "GeometryCollection") geometry.geometries.forEach(polygons);
    else if (geometry.type === "Polygon") geometry.arcs.forEach(ring);
    else if (geometry.type === "MultiPolygon") geometry.arcs.forEach((polygon) => polygon.forEach(ring));
  };
  Object.values(topology.objects).forEach(polygons);
  return rings;
}

class WorldMap {
  constructor(app) {
    this.app = app;
    this.root = byId("map-panel");
    this.frame = null;
    this.isPanning = false;
  }

  build() {
    const rings = coastlines(JSON.parse(byId("coastlines").textContent));
    const path = rings.map((ring) => `M${ring.map(([lon, lat]) => `${lon.toFixed(2)},${(-lat).toFixed(2)}`).join("L")}Z`).join("");
    this.land = el("svg:path", { class: "land", d: path });
    this.layer = el("svg:g");
    this.brush = el("svg:rect", { class: "brush", hidden: true, width: 0, height: 0 });
    this.svg = el("svg:svg", { id: "map", role: "img", tabindex: 0, "aria-label": "Map of the places in view; arrow keys move it, plus and minus zoom" }, this.land, this.grid(), this.layer, this.brush);
    this.note = el("p", { class: "faint map-note", id: "map-note" });
    this.pan = el("button", { id: "map-pan", "aria-pressed": "false", onclick: () => { this.isPanning = !this.isPanning; this.pan.setAttribute("aria-pressed", String(this.isPanning)); } }, "Move with a drag");
    this.root.replaceChildren(this.svg, el("div", { class: "zoom", role: "group", "aria-label": "Zoom the map" },
      el("button", { id: "map-in", "aria-label": "Zoom in", onclick: () => this.zoom(0.6) }, "+"),
      el("button", { id: "map-out", "aria-label": "Zoom out", onclick: () => this.zoom(1 / 0.6) }, "−"),
      el("button", { id: "map-fit", "aria-label": "Show all places", onclick: () => { this.frame = null; this.draw(); } }, "⤢"),
      this.pan,
      el("button", { id: "map-clear", onclick: () => this.app.store.change({ box: null }) }, "All places")), this.note);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.svg);
  }

  grid() {
    const lines = [];
    for (let lon = -180; lon <= 180; lon += 30) lines.push(`M${lon},-90V90`);
    for (let lat = -90; lat <= 90; lat += 30) lines.push(`M-180,${lat}H180`);
    return el("svg:path", { class: "graticule", d: lines.join("") });
  }

  /** Nodes and places of statements in view that have coordinates. */
  points() {
    const { scene, view } = this.app;
    const points = new Map();
    for (const node of view.nodes) if (node.lat !== null) points.set(node.key, { lat: node.lat, lon: node.lon, key: node.key, name: node.name, kind: node.kind, number: 0 });
    for (const statement of view.statements) {
      for (const point of pointsOf(scene, statement)) {
        const key = point.key ?? point.node ?? `${point.text} ${point.lat} ${point.lon}`;
        const node = scene.node(key);
        if (!points.has(key)) points.set(key, { lat: point.lat, lon: point.lon, key, name: node?.name ?? point.text, kind: node?.kind ?? "place", number: 0 });
        points.get(key).number += 1;
      }
    }
    return [...points.values()].sort((a, b) => b.number - a.number || (a.key < b.key ? -1 : 1));
  }

  show() {
    if (this.root.hidden) return;
    if (!this.svg) this.build();
    this.draw();
  }

  draw() {
    if (!this.svg || this.root.hidden) return;
    const { app } = this;
    const points = this.points();
    const [width, height] = [Math.max(this.svg.clientWidth, 100), Math.max(this.svg.clientHeight, 100)];
    this.frame ??= this.around(points, width / height);
    const { x, y, w } = this.frame;
    const h = (w * height) / width;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    const unit = w / width;
    this.svg.style.setProperty("--unit", String(unit));
    const lines = new Map();
    for (const statement of app.view.statements) {
      const [a, b] = [app.scene.node(statement.from), app.scene.node(statement.to)];
      if (a?.lat === null || b?.lat === null || a === b || !a || !b) continue;
      lines.set(JSON.stringify([a.key, b.key, statement.quad, statement.standing]), [a, b, statement]);
    }
    const arcs = [...lines.values()].slice(0, 1500).map(([a, b, statement]) => {
      const [dx, dy] = [b.lon - a.lon, a.lat - b.lat];
      const [mx, my] = [(a.lon + b.lon) / 2 - dy * 0.12, (-a.lat - b.lat) / 2 + dx * 0.12];
      return el("svg:path", {
        class: "arc", d: `M${a.lon},${-a.lat}Q${mx},${my} ${b.lon},${-b.lat}`, stroke: app.scene.color(statement), "stroke-width": unit * 1.6,
        "stroke-dasharray": { open: `${6 * unit} ${4 * unit}`, claimed: `${1.5 * unit} ${4 * unit}` }[statement.standing] ?? null,
        onclick: () => app.openStatement(statement.id),
      }, el("svg:title", {}, `${shortened(a.name, 60)} – ${spoken(statement.type)} – ${shortened(b.name, 60)}`));
    });
    const taken = [];
    const dots = points.slice(0, 3000).map((point) => {
      const kind = app.scene.kinds.get(point.kind);
      const radius = (4 + Math.sqrt(point.number) * 1.4) * unit;
      const dot = el("svg:circle", {
        cx: point.lon, cy: -point.lat, r: Math.min(radius, 14 * unit), class: point.key === app.state.node ? "dot selected" : "dot",
        fill: kind?.fill ?? "#eee", stroke: kind?.border ?? "#888", "stroke-width": 1.2 * unit, "data-node": point.key,
        onclick: () => app.scene.node(point.key) && app.openNode(point.key),
      }, el("svg:title", {}, `${shortened(point.name, 80)}: ${count(point.number, "statement")}`));
      // A word where there is room for it.
      const words = shortened(point.name, 28);
      const box = [point.lon + radius + 2 * unit, -point.lat - 7 * unit, point.lon + radius + (4 + words.length * 6.4) * unit, -point.lat + 7 * unit];
      const isFree = !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      if (!isFree || taken.length > 250) return [dot];
      taken.push(box);
      return [dot, el("svg:text", { x: box[0], y: -point.lat + 4 * unit, "font-size": 11.5 * unit, "stroke-width": 3 * unit, class: "place" }, words)];
    });
    this.layer.replaceChildren(...arcs, ...dots.map((dot) => dot[0]), ...dots.flatMap((dot) => dot.slice(1)));
    if (app.state.box) this.drawBrush(app.state.box);
    else this.brush.setAttribute("width", 0);
    const without = app.view.statements.filter((statement) => !pointsOf(app.scene, statement).length).length;
    this.note.textContent = `${count(points.length, "place")}${without ? `; ${count(without, "statement")} in view without one` : ""}. Drag to keep an area. Coastlines: Natural Earth.`;
  }

  /** A frame around the points, the world if there are none. */
  around(points, aspect) {
    if (!points.length) return { x: -180, y: -90, w: 360 };
    const lons = points.map((point) => point.lon);
    const lats = points.map((point) => -point.lat);
    const bound = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const [[left, right], [top, bottom]] = [bound(lons), bound(lats)];
    const w = Math.min(Math.max((right - left) * 1.35, (bottom - top) * 1.35 * aspect, 24), 380);
    return { x: (left + right) / 2 - w / 2, y: (top + bottom) / 2 - w / aspect / 2, w };
  }

  drawBrush([west, south, east, north]) {
    const wide = west <= east ? east - west : east + 360 - west;
    for (const [key, value] of Object.entries({ x: west, y: -north, width: wide, height: north - south })) this.brush.setAttribute(key, value);
  }

  zoom(factor) {
    if (!this.frame) return;
    const height = (this.frame.w * this.svg.clientHeight) / this.svg.clientWidth;
    const w = Math.min(Math.max(this.frame.w * factor, 2), 400);
    const part = (this.frame.w - w) / 2;
    this.frame = { x: this.frame.x + part, y: this.frame.y + (part * height) / this.frame.w, w };
    this.draw();
  }

  at(event) {
    const box = this.svg.getBoundingClientRect();
    const unit = this.frame.w / box.width;
    return [this.frame.x + (event.clientX - box.left) * unit, -(this.frame.y + (event.clientY - box.top) * unit)];
  }

  listen() {
    let start = null;
    const boxOf = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])].map((one) => Math.round(one * 100) / 100);
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest(".dot, .arc")) return;
      start = { at: this.at(event), x: event.clientX, y: event.clientY, frame: this.frame };
      this.svg.setPointerCapture(event.pointerId);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!start) return;
      if (this.isPanning) {
        const unit = this.frame.w / this.svg.clientWidth;
        this.frame = { ...start.frame, x: start.frame.x - (event.clientX - start.x) * unit, y: start.frame.y - (event.clientY - start.y) * unit };
        this.draw();
      } else {
        this.drawBrush(boxOf(start.at, this.at(event)));
      }
    });
    this.svg.addEventListener("pointerup", (event) => {
      if (!start) return;
      const isDrag = Math.hypot(event.clientX - start.x, event.clientY - start.y) > 5;
      if (!this.isPanning && isDrag) this.app.store.change({ box: boxOf(start.at, this.at(event)) });
      start = null;
      this.draw();
    });
    this.svg.addEventListener("pointercancel", () => { start = null; });
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    this.svg.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      if (steps[event.key]) this.frame = { ...this.frame, x: this.frame.x + steps[event.key][0] * this.frame.w * 0.1, y: this.frame.y + steps[event.key][1] * this.frame.w * 0.1 };
      else if (event.key === "+") this.zoom(0.7);
      else if (event.key === "-") this.zoom(1 / 0.7);
      else return;
      event.preventDefault();
      event.stopPropagation();
      this.draw();
    });
  }
}
