// Words on the lines: those that have room, the most said first; zooming in makes room for more.

/** Pixels of a letter, of half a line of text, and of an arrow's head. */
const LETTER = 5.4;
const HALF_LINE = 6;
const HEAD = 10;

/** Puts words on the lines of a stage that have room for them. */
function label({ sigma, graph, lines, isRoomy }) {
  const zoom = Math.pow(sigma.getCamera().ratio, 0.35);
  const nodes = new Map();
  graph.forEachNode((key, { x, y, size, label: whole, isHidden }) => {
    if (!isHidden) nodes.set(key, { ...sigma.graphToViewport({ x, y }), r: size / zoom, name: isRoomy ? whole : "" });
  });
  const worded = graph.filterEdges((_, { isHidden, words }) => words && !isHidden).map((key) => {
    const [from, to] = graph.extremities(key);
    const words = graph.getEdgeAttribute(key, "words");
    const [first] = words.split(", ");
    // The stage's y grows upwards, the screen's downwards.
    const bend = -(sigma.getEdgeDisplayData(key)?.curvature ?? 0);
    return { key, from, to, bend, words: words === first ? [words] : [words, `${first} …`], number: lines.get(key).shown.length };
  });
  const found = wordsWithRoom(nodes, worded.sort((a, b) => b.number - a.number));
  graph.updateEachEdgeAttributes((key, attributes) => ({ ...attributes, label: found.get(key) ?? "" }), { attributes: ["label"] });
}

/** What has its place on the stage: discs along words and around nodes. */
class Places {
  constructor() {
    this.discs = [];
  }

  isFree(discs) {
    return discs.every(([x, y, r]) => this.discs.every(([a, b, s]) => Math.hypot(x - a, y - b) >= r + s));
  }

  take(discs) {
    this.discs.push(...discs);
  }
}

/** Discs that cover a text along a path. */
function along(point, from, to, width) {
  const number = Math.max(Math.ceil(width / (2 * HALF_LINE)), 1);
  return Array.from({ length: number }, (_, at) => [...point(from + ((to - from) * (at + 0.5)) / number), HALF_LINE - 1]);
}

/** A line as a curve on the stage: its points for 0 to 1, and its length between the nodes. */
function curve(a, b, bend) {
  const control = [(a.x + b.x) / 2 - (b.y - a.y) * bend, (a.y + b.y) / 2 + (b.x - a.x) * bend];
  const point = (t) => [
    (1 - t) ** 2 * a.x + 2 * t * (1 - t) * control[0] + t * t * b.x,
    (1 - t) ** 2 * a.y + 2 * t * (1 - t) * control[1] + t * t * b.y,
  ];
  return { point, whole: Math.hypot(b.x - a.x, b.y - a.y), room: Math.hypot(b.x - a.x, b.y - a.y) - a.r - b.r - HEAD };
}

/**
 * The words that every line has room for. Nodes are `{x, y, r, name}` by key, with an empty name where none is drawn;
 * lines are `{key, from, to, bend, words}`, the most important first, `words` from the whole to the shortest.
 */
function wordsWithRoom(nodes, lines) {
  const places = new Places();
  for (const { x, y, r, name } of nodes.values()) {
    places.take([[x, y, r]]);
    const width = name.length * 6.2;
    if (name) places.take(along((t) => [x + t, y + r + 10], -width / 2, width / 2, width));
  }
  const found = new Map();
  for (const { key, from, to, bend, words } of lines) {
    const { point, whole, room } = curve(nodes.get(from), nodes.get(to), bend);
    found.set(key, words.find((text) => {
      const width = text.length * LETTER;
      // A loop has its words to itself.
      if (from === to) return true;
      if (width > room) return false;
      const part = width / whole / 2;
      const discs = along(point, 0.5 - part, 0.5 + part, width);
      if (!places.isFree(discs)) return false;
      places.take(discs);
      return true;
    }) ?? "");
  }
  return found;
}
