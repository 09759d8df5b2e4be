// The stage: the graph as a picture to move in, drawn by sigma.

/** Graphviz's shapes as those that the stage draws. */
const SHAPES = {
  box: "square", ellipse: "circle", octagon: "octagon", hexagon: "hexagon", component: "diamond", note: "triangle",
};

/** Regular polygons as distances to their edge. */
const polygon = (shape, corners, turn) => ({
  name: shape,
  uniforms: [],
  glsl: `float sdf_${shape}(vec2 uv, float size) {
  float slice = 6.283185307 / ${corners}.0;
  float angle = atan(uv.y, uv.x) + ${turn};
  float nearest = floor(0.5 + angle / slice) * slice - angle;
  return cos(nearest) * length(uv) - size * cos(slice / 2.0);
}`,
});

/** A line around a node in its kind's colour. */
const layerBorder = {
  name: "border",
  uniforms: [],
  attributes: [{ name: "borderColor", size: 4, type: 5121, normalized: true, source: "borderColor" }],
  glsl: `vec4 layer_border(vec4 v_borderColor) {
  float width = 1.6 * context.pixelToUV;
  return v_borderColor * smoothstep(-width - context.aaWidth, -width, context.sdf);
}`,
};

/** Up to so many nodes the layout leaves room for names. */
const MOST_NAMED = 400;
const MOST_LABELLED_LINES = 130;
const SELECTED = "#f59f00";

class Stage {
  constructor(scene, container, on) {
    this.scene = scene;
    this.container = container;
    this.on = on;
    this.tip = el("div", { class: "tip", hidden: true });
    container.append(this.tip);
    this.graph = new graphology.MultiDirectedGraph();
    this.lines = new Map();
    this.addNodes([...scene.nodes.keys()]);
    this.addLines();
    this.draw();
  }

  addNodes(keys, place = (node) => [node.x, node.y]) {
    for (const key of keys) {
      const node = this.scene.node(key);
      const kind = this.scene.kinds.get(node.kind);
      const [x, y] = place(node);
      const degree = node.statements.length;
      this.graph.addNode(key, {
        x, y: -y,
        size: node.is_value ? 4 : Math.min(7 + Math.sqrt(degree) * 2, 22),
        color: node.is_value ? "#d4d8de" : kind.fill,
        borderColor: node.is_value ? "#8b939e" : kind.border,
        ownBorder: node.is_value ? "#8b939e" : kind.border,
        shape: node.is_value ? "circle" : SHAPES[kind.shape] ?? "circle",
        label: shortened(node.name, 42) || "?",
        isHidden: false, opacity: 1, zIndex: degree,
      });
    }
  }

  addLines() {
    for (const line of lines(this.scene, this.scene.statements.values())) {
      this.lines.set(line.key, line);
      if (this.graph.hasEdge(line.key) || !this.graph.hasNode(line.from) || !this.graph.hasNode(line.to)) continue;
      const isDashed = line.standing === "open" || line.standing === "claimed";
      this.graph.addEdgeWithKey(line.key, line.from, line.to, {
        color: line.color,
        plainColor: isDashed ? "#00000000" : line.color,
        dashColor: isDashed ? line.color : "#00000000",
        dashSize: line.standing === "open" ? 8 : 2.5,
        gapSize: line.standing === "open" ? 5 : 4,
        head: line.standing === "denied" ? "bar" : line.symmetric ? "none" : "arrow",
        tail: line.standing === "denied" && line.symmetric ? "bar" : "none",
        label: "",
        size: 2, isHidden: false, opacity: 1,
      });
    }
  }

  draw() {
    if (!document.createElement("canvas").getContext("webgl2")) {
      byId("stage-note").textContent = "This browser draws no WebGL: a still picture stands in its place; the tab Table has everything.";
      byId("stage-note").hidden = false;
      return;
    }
    const R = Sigma.rendering;
    const styles = Sigma.DEFAULT_STYLES;
    const attribute = (of, defaultValue) => ({ attribute: of, defaultValue });
    const hidden = { when: (attributes) => attributes.isHidden, then: "hidden", else: "visible" };
    this.colors = this.readColors();
    this.isRoomy = false;
    this.labelledAt = null;
    this.sigma = new Sigma(this.graph, this.container, {
      primitives: {
        nodes: {
          shapes: [
            R.sdfCircle(), R.sdfSquare({ cornerRadius: 0.15 }), R.sdfDiamond(), R.sdfTriangle(),
            polygon("hexagon", 6, "0.0"), polygon("octagon", 8, "0.392699"),
          ],
          variables: { borderColor: { type: "color", default: "#888888" } },
          layers: [R.layerFill(), layerBorder],
        },
        edges: {
          paths: [R.pathLine(), R.pathCurved(), R.pathLoop()],
          extremities: [R.extremityArrow(), R.extremityBar()],
          variables: {
            plainColor: { type: "color", default: "#888888" },
            dashColor: { type: "color", default: "#00000000" },
            dashSize: { type: "number", default: 0 },
            gapSize: { type: "number", default: 0 },
          },
          layers: [
            R.layerPlain({ color: { attribute: "plainColor" } }),
            R.layerDashed({
              dashSize: { attribute: "dashSize", mode: "pixels" },
              gapSize: { attribute: "gapSize", mode: "pixels" },
              dashColor: { attribute: "dashColor" },
              solidExtremities: true,
            }),
          ],
        },
      },
      styles: {
        nodes: [styles.nodes, {
          shape: attribute("shape", "circle"),
          borderColor: attribute("borderColor", "#888888"),
          opacity: attribute("opacity", 1),
          visibility: hidden,
          labelColor: (attributes) => (attributes.opacity < 1 ? this.colors.dim : this.colors.text),
          labelSize: 12,
          labelPosition: "below",
          labelBackgroundColor: () => `${this.colors.ground}cc`,
          labelBackgroundPadding: 1,
          labelVisibility: {
            when: (attributes, state) => this.isRoomy || state.isHovered || attributes.isNamed, then: "visible", else: "auto",
          },
          backdropColor: () => this.colors.ground,
          zIndex: attribute("zIndex", 0),
        }],
        edges: [styles.edges, {
          head: attribute("head", "none"),
          tail: attribute("tail", "none"),
          plainColor: attribute("plainColor", "#888888"),
          dashColor: attribute("dashColor", "#00000000"),
          dashSize: attribute("dashSize", 0),
          gapSize: attribute("gapSize", 0),
          opacity: attribute("opacity", 1),
          visibility: hidden,
          parallelPath: "curved",
          parallelSpread: 0.4,
          selfLoopPath: "loop",
          labelColor: () => this.colors.text,
          labelSize: 10,
          labelBackgroundColor: () => this.colors.ground,
          labelBackgroundPadding: 1,
          size: { when: (attributes, state) => state.isHovered, then: attribute("hoverSize", 4), else: attribute("size", 2) },
        }],
      },
      settings: {
        enableEdgeEvents: true,
        enableNodeDrag: true,
        renderEdgeLabels: this.lines.size <= MOST_LABELLED_LINES,
        edgePickingPadding: 4,
        labelDensity: 1,
        labelGridCellSize: 110,
        labelRenderedSizeThreshold: 6,
        stagePadding: 60,
        zoomToSizeRatioFunction: (ratio) => Math.pow(ratio, 0.35),
        hideEdgesOnMove: this.lines.size > 20000,
        minCameraRatio: 0.005,
        maxCameraRatio: 4,
        allowInvalidContainer: true,
      },
    });
    this.listen();
  }

  listen() {
    const { sigma } = this;
    sigma.on("afterRender", () => this.lookForRoom());
    sigma.on("clickNode", ({ node }) => this.on.node(node));
    sigma.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      this.on.expand(event.node);
    });
    sigma.on("clickEdge", ({ edge }) => this.on.line(this.lines.get(edge)));
    sigma.on("clickStage", () => this.on.nothing());
    sigma.on("nodeDragEnd", ({ allDraggedNodes }) => {
      const moved = allDraggedNodes.map((key) => [key, [this.graph.getNodeAttribute(key, "x"), -this.graph.getNodeAttribute(key, "y")]]);
      this.on.pin(Object.fromEntries(moved));
    });
    sigma.on("enterNode", ({ node }) => this.hint(this.scene.nameOf(node)));
    sigma.on("leaveNode", () => this.hint(null));
    sigma.on("enterEdge", ({ edge }) => {
      const line = this.lines.get(edge);
      const best = line.shown?.[0] ?? line.statements[0];
      const arrow = line.symmetric ? "–" : "→";
      this.hint(`${shortened(this.scene.nameOf(line.from), 40)} – ${shortened(line.label, 60)} ${arrow} ${shortened(this.scene.nameOf(line.to), 40)}`, best.evidence);
    });
    sigma.on("leaveEdge", () => this.hint(null));
    this.container.addEventListener("pointermove", (event) => {
      const box = this.container.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      this.tip.style.left = `${Math.min(x + 14, box.width - 320)}px`;
      this.tip.style.top = `${y + 18 > box.height - 90 ? y - 80 : y + 18}px`;
    });
  }

  /** The layout keeps names apart where a unit of it is about a pixel: then all of them are shown. */
  lookForRoom() {
    const [a, b] = [this.sigma.graphToViewport({ x: 0, y: 0 }), this.sigma.graphToViewport({ x: 100, y: 0 })];
    const scale = Math.hypot(a.x - b.x, a.y - b.y);
    if (!(scale > 0)) return;
    const isRoomy = this.graph.order <= MOST_NAMED && scale > 68;
    const hasWords = this.lines.size <= MOST_LABELLED_LINES;
    const isLabelled = !hasWords || (this.labelledAt !== null && Math.abs(scale / this.labelledAt - 1) < 0.1);
    if (isRoomy === this.isRoomy && isLabelled) return;
    this.isRoomy = isRoomy;
    this.labelledAt = scale;
    setTimeout(() => {
      if (hasWords) label(this);
      this.sigma.refresh();
    });
  }

  hint(title, more = null) {
    this.tip.hidden = title === null;
    this.tip.replaceChildren(...(title === null ? [] : [el("strong", {}, name(title, 140)), more ? el("span", {}, name(more, 220)) : null].filter(Boolean)));
  }

  /** Shows what is in view, and what of it is in the light. */
  show(view, state, light) {
    const nodes = new Set(view.nodes.map((node) => node.key));
    const shown = new Map();
    for (const statement of view.statements) {
      let { from, to } = statement;
      if (statement.symmetric && to < from) [from, to] = [to, from];
      const key = JSON.stringify([from, to, statement.quad, statement.standing, statement.symmetric]);
      if (!shown.has(key)) shown.set(key, []);
      shown.get(key).push(statement);
    }
    this.graph.updateEachNodeAttributes((key, attributes) => {
      const isLit = !light || light.nodes.has(key);
      const pin = state.pins[key];
      const node = this.scene.node(key);
      if (pin) [attributes.x, attributes.y] = [pin[0], -pin[1]];
      else if (attributes.isPinned) [attributes.x, attributes.y] = attributes.home ?? [node.x, -node.y];
      attributes.isPinned = Boolean(pin);
      attributes.isHidden = !nodes.has(key);
      attributes.opacity = isLit ? 1 : 0.15;
      attributes.isNamed = Boolean(light?.named.has(key));
      attributes.borderColor = key === state.node || light?.ends?.has(key) ? SELECTED : attributes.ownBorder;
      return attributes;
    }, { attributes: ["x", "y", "isHidden", "opacity", "isNamed", "borderColor"] });
    this.graph.updateEachEdgeAttributes((key, attributes) => {
      const line = this.lines.get(key);
      line.shown = shown.get(key) ?? [];
      const isLit = !light || light.lines.has(key) || line.shown.some((one) => light.statements.has(one.id));
      attributes.isHidden = line.shown.length === 0;
      attributes.size = 2 + Math.log2(Math.max(line.shown.length, 1)) * 0.7 + (light && isLit && light.statements.size ? 1.4 : 0);
      attributes.hoverSize = attributes.size + 1.5;
      attributes.opacity = isLit ? 1 : 0.1;
      attributes.words = state.labels && line.shown.length && isLit ? shortened(labelOf(line.shown), 44) : "";
      return attributes;
    }, { attributes: ["isHidden", "size", "opacity"] });
    this.labelledAt = null;
    if (!this.sigma) this.still(view);
  }

  /** For browsers without WebGL. */
  still(view) {
    this.container.querySelector("svg")?.remove();
    this.container.append(picture(this.scene, view, (key) => this.placeOf(key)));
  }

  placeOf(key) {
    const { x, y } = this.graph.getNodeAttributes(key);
    return [x, -y];
  }

  /** New nodes go around the one that they were asked for. */
  grow(keys, around) {
    const [x, y] = around && this.graph.hasNode(around) ? this.placeOf(around) : [0, 0];
    const step = this.unit();
    const rings = keys.map((key, number) => {
      const ring = Math.floor((Math.sqrt(4 * number / 10 + 1) - 1) / 2) + 1;
      return [key, ring, number * 2.399963];
    });
    const places = new Map(rings.map(([key, ring, angle]) => [key, [x + Math.cos(angle) * step * (0.6 + ring * 0.5), y + Math.sin(angle) * step * (0.6 + ring * 0.5)]]));
    this.addNodes(keys, (node) => places.get(node.key));
    for (const key of keys) {
      const { x: left, y: top } = this.graph.getNodeAttributes(key);
      this.graph.setNodeAttribute(key, "home", [left, top]);
    }
    this.lines.clear();
    this.addLines();
  }

  /** How far apart linked nodes are in this picture. */
  unit() {
    let sum = 0;
    let number = 0;
    this.graph.forEachEdge((key, attributes, from, to) => {
      if (number >= 500 || from === to) return;
      const [a, b] = [this.placeOf(from), this.placeOf(to)];
      sum += Math.hypot(a[0] - b[0], a[1] - b[1]);
      number += 1;
    });
    return number ? sum / number : 100;
  }

  repaint() {
    this.colors = this.readColors();
    this.sigma?.refresh();
  }

  readColors() {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    return { text: color("--text"), ground: color("--ground"), dim: color("--dim") };
  }

  resize() {
    this.sigma?.resize(true);
    this.sigma?.refresh();
  }

  /** Moves so that these nodes fill the stage. */
  fit(keys) {
    if (!this.sigma) return;
    const places = keys.map((key) => this.sigma.getNodeDisplayData(key)).filter(Boolean);
    if (!places.length) return;
    const xs = places.map((place) => place.x);
    const ys = places.map((place) => place.y);
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height } = this.sigma.getDimensions();
    const side = Math.min(width, height);
    const ratio = Math.max((right - left) * side / width, (high - low) * side / height, 0.08) * 1.15;
    this.move({ x: (left + right) / 2, y: (low + high) / 2, ratio: Math.min(ratio, 1.2) });
  }

  /** So that a node is on the stage. */
  reveal(key) {
    const place = this.sigma?.getNodeDisplayData(key);
    if (!place) return;
    const at = this.sigma.framedGraphToViewport(place);
    const { width, height } = this.sigma.getDimensions();
    if (at.x < 40 || at.y < 40 || at.x > width - 40 || at.y > height - 40) {
      this.move({ x: place.x, y: place.y, ratio: Math.min(this.sigma.getCamera().ratio, 0.6) });
    }
  }

  move(to) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const camera = this.sigma.getCamera();
    if (isCalm) camera.setState(to);
    else camera.animate(to, { duration: 250 });
  }

  zoom(factor) {
    if (this.sigma) this.move({ ratio: this.sigma.getCamera().ratio * factor });
  }

  /** The next node from here in the direction of an arrow key. */
  next(key, direction) {
    const shown = this.graph.filterNodes((_, attributes) => !attributes.isHidden);
    if (!shown.length) return null;
    if (!key || !this.graph.hasNode(key)) return shown.reduce((a, b) => (this.graph.degree(b) > this.graph.degree(a) ? b : a));
    const [x, y] = this.placeOf(key);
    let best = [Infinity, null];
    for (const other of shown) {
      if (other === key) continue;
      const [dx, dy] = [this.placeOf(other)[0] - x, this.placeOf(other)[1] - y];
      const [along, across] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[direction];
      if (along <= 0) continue;
      const cost = along + 2 * Math.abs(across);
      if (cost < best[0]) best = [cost, other];
    }
    return best[1];
  }
}
