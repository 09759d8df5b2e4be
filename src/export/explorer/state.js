// The state: all that a user chose, as one plain value. It fits into the address, so a link restores the view, and a list of
// earlier ones is what undo needs.

const TABS = ["graph", "map", "table", "claims", "text", "path", "read"];

function emptyState() {
  return {
    tab: "graph", node: null, statement: null,
    off: { type: [], quad: [], kind: [], polarity: [], modality: [], source: [] },
    sure: 0, derived: true, from: null, to: null, asOf: null, box: null,
    hidden: [], focus: null, pins: {}, path: [null, null], labels: true,
  };
}

/** What differs from the empty state, as JSON in base 64 for addresses. */
function encode(state) {
  const empty = emptyState();
  const kept = {};
  for (const [key, value] of Object.entries(state)) {
    if (JSON.stringify(value) !== JSON.stringify(empty[key])) kept[key] = value;
  }
  if (!Object.keys(kept).length) return "";
  const bytes = new TextEncoder().encode(JSON.stringify(kept));
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return `#view=${btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The state of an address; whatever is wrong with it is left at its default. */
function decode(hash) {
  const state = emptyState();
  const code = /^#view=([\w-]+)$/.exec(hash)?.[1];
  if (!code) return state;
  let kept;
  try {
    const letters = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    kept = JSON.parse(new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
  } catch {
    return state;
  }
  const isText = (value) => typeof value === "string";
  const isDay = (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  const texts = (value) => (Array.isArray(value) ? value.filter(isText) : []);
  if (typeof kept !== "object" || kept === null) return state;
  if (TABS.includes(kept.tab)) state.tab = kept.tab;
  for (const key of ["node", "statement"]) if (isText(kept[key])) state[key] = kept[key];
  for (const facet of Object.keys(state.off)) state.off[facet] = texts(kept.off?.[facet]);
  if (typeof kept.sure === "number" && kept.sure >= 0 && kept.sure <= 1) state.sure = kept.sure;
  if (kept.derived === false) state.derived = false;
  if (kept.labels === false) state.labels = false;
  for (const key of ["from", "to", "asOf"]) if (isDay(kept[key])) state[key] = kept[key];
  if (Array.isArray(kept.box) && kept.box.length === 4 && kept.box.every(Number.isFinite)) state.box = kept.box;
  state.hidden = texts(kept.hidden);
  if (Array.isArray(kept.focus)) state.focus = texts(kept.focus);
  for (const [key, place] of Object.entries(kept.pins ?? {})) {
    if (Array.isArray(place) && place.length === 2 && place.every(Number.isFinite)) state.pins[key] = place;
  }
  if (Array.isArray(kept.path)) state.path = [0, 1].map((end) => (isText(kept.path[end]) ? kept.path[end] : null));
  return state;
}

/** The state with its history; whoever listens is told of every change. */
class Store {
  constructor(state) {
    this.state = state;
    this.earlier = [];
    this.listeners = [];
  }

  /** Changes some of the state; the change can be undone, unless it only follows the pointer. */
  change(changes, { isPassing = false } = {}) {
    const before = encode(this.state);
    const next = { ...this.state, ...changes };
    if (encode(next) === before) return;
    if (!isPassing) {
      this.earlier.push(this.passing ?? before);
      if (this.earlier.length > 200) this.earlier.shift();
      this.passing = null;
    } else {
      this.passing ??= before;
    }
    this.set(next);
  }

  undo() {
    const before = this.earlier.pop();
    if (before === undefined) return;
    this.passing = null;
    this.set(decode(before));
  }

  set(state) {
    const previous = this.state;
    this.state = state;
    // An address of any length works, but some programs cut very long ones.
    history.replaceState(null, "", encode(state) || location.pathname + location.search);
    for (const listener of this.listeners) listener(state, previous);
  }

  toggle(facet, value, isOn) {
    const values = new Set(this.state.off[facet]);
    if (isOn) values.delete(value);
    else values.add(value);
    this.change({ off: { ...this.state.off, [facet]: [...values] } });
  }
}
