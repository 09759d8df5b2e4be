// The scene: what there is, and what of it is in view.

/** Graph data with what follows from it. Everything refers to nodes by their keys, so that scenes can grow. */
class Scene {
  constructor(data) {
    this.title = data.title;
    this.summary = data.summary;
    this.style = data.style;
    this.total = data.total;
    this.nodes = new Map();
    this.statements = new Map();
    this.articles = new Map();
    this.kinds = new Map(data.style.kinds.map((kind) => [kind.name, kind]));
    this.quads = new Map(data.style.quads.map((quad) => [quad.name ?? "none", quad]));
    this.add(data);
  }

  /** Takes in more data; returns the keys of the nodes that are new. */
  add(data) {
    const isNew = [];
    const articles = data.articles.map((article) => {
      if (!this.articles.has(article.id)) this.articles.set(article.id, { ...article, statements: [] });
      return this.articles.get(article.id);
    });
    for (const node of data.nodes) {
      const articlesOf = node.articles.map((number) => articles[number]?.id).filter(Boolean);
      const known = this.nodes.get(node.key);
      if (known) {
        known.articles = [...new Set([...known.articles, ...articlesOf])];
        continue;
      }
      isNew.push(node.key);
      const names = [node.name, ...node.aliases].map(folded);
      const ids = Object.entries(node.refs).flatMap(([scheme, id]) => [folded(id), folded(`${scheme}:${id}`)]);
      this.nodes.set(node.key, { ...node, articles: articlesOf, statements: [], names, ids });
    }
    const keyOf = (number) => data.nodes[number]?.key;
    for (const raw of data.statements) {
      if (this.statements.has(raw.id)) continue;
      const article = articles[raw.article];
      const statement = {
        ...raw,
        from: keyOf(raw.from),
        to: keyOf(raw.to),
        article,
        circumstances: raw.circumstances.map((one) => ({ ...one, node: one.node === null ? null : keyOf(one.node) })),
        speakers: (raw.speaker?.names ?? []).map(([text, node]) => ({ name: text, node: node === null ? null : keyOf(node) })),
        quad: raw.quad ?? "none",
        firstDay: raw.first ? toDay(raw.first) : null,
        lastDay: raw.last ? toDay(raw.last) : null,
        isDated: Boolean(raw.when),
        source: article?.source ?? article?.id ?? "?",
      };
      this.statements.set(statement.id, statement);
      article?.statements.push(statement);
      this.nodes.get(statement.from)?.statements.push(statement);
      if (statement.to !== statement.from) this.nodes.get(statement.to)?.statements.push(statement);
    }
    return isNew;
  }

  node(key) {
    return this.nodes.get(key);
  }

  nameOf(key) {
    return this.nodes.get(key)?.name ?? "?";
  }

  color(statement) {
    return statement.standing === "denied" ? this.style.denied : this.quads.get(statement.quad)?.color ?? "#7a8491";
  }

  other(statement, key) {
    return statement.from === key ? statement.to : statement.from;
  }

  /** Nodes that the words may mean, the most likely first. */
  find(words, most) {
    const wanted = folded(words);
    if (!wanted) return [];
    const found = [];
    for (const node of this.nodes.values()) {
      if (node.is_value) continue;
      let rank = Infinity;
      for (const one of node.names) {
        if (one === wanted) rank = Math.min(rank, 0);
        else if (one.startsWith(wanted)) rank = Math.min(rank, 1);
        else if (one.includes(` ${wanted}`)) rank = Math.min(rank, 2);
        else if (one.includes(wanted)) rank = Math.min(rank, 3);
      }
      if (node.ids.includes(wanted) || folded(node.country ?? "") === wanted) rank = Math.min(rank, 1);
      if (rank < Infinity) found.push([rank, -node.statements.length, node.name, node]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
    return found.slice(0, most).map((one) => one[3]);
  }
}

/** The day of a statement falls into a period; what has no day falls into none. */
function isDuring(statement, from, to) {
  const first = statement.firstDay ?? (statement.lastDay === null ? null : -Infinity);
  const last = statement.lastDay ?? (statement.firstDay === null ? null : Infinity);
  if (first === null) return false;
  return (from === null || last >= from) && (to === null || first <= to);
}

/** An event of that day or before; a state that is not known to have begun later or ended before. */
function isSoBy(statement, day) {
  if (statement.event) return statement.firstDay === null || statement.firstDay <= day;
  if (!statement.isDated) return !statement.historical;
  return (statement.firstDay ?? -Infinity) <= day && (statement.lastDay ?? Infinity) >= day;
}

/** Places of a statement: where it happened, else its ends. */
function pointsOf(scene, statement) {
  const places = statement.circumstances.filter((one) => one.lat !== null && one.role === "place");
  if (places.length) return places;
  return [statement.from, statement.to].map((key) => scene.node(key)).filter((node) => node && node.lat !== null);
}

function isInside(point, [west, south, east, north]) {
  const inLongitude = west <= east ? point.lon >= west && point.lon <= east : point.lon >= west || point.lon <= east;
  return inLongitude && point.lat >= south && point.lat <= north;
}

/** What each facet says of a statement: its values in that facet. */
const FACETS = {
  type: (statement) => [statement.type],
  quad: (statement) => [statement.quad],
  polarity: (statement) => [statement.polarity],
  modality: (statement) => [statement.modality],
  source: (statement) => [statement.source],
};

/** What of the scene the state lets through: nodes and statements, in the scene's order. */
function inView(scene, state) {
  const off = Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, new Set(state.off[facet])]));
  const kinds = new Set(state.off.kind);
  const hidden = new Set(state.hidden);
  const focus = state.focus && new Set(state.focus);
  const shows = (key) => {
    const node = scene.node(key);
    return node && !hidden.has(key) && (!focus || focus.has(key)) && (node.is_value || !kinds.has(node.kind));
  };
  const from = state.from ? toDay(state.from) : null;
  const to = state.to ? toDay(state.to) : null;
  const asOf = state.asOf ? toDay(state.asOf) : null;
  const statements = [];
  let undated = 0;
  for (const statement of scene.statements.values()) {
    if (statement.confidence < state.sure || (statement.derived && !state.derived)) continue;
    if (Object.entries(FACETS).some(([facet, values]) => values(statement).some((value) => off[facet].has(value)))) continue;
    if (!shows(statement.from) || !shows(statement.to)) continue;
    if (asOf !== null && !isSoBy(statement, asOf)) continue;
    if (state.box && !pointsOf(scene, statement).some((point) => isInside(point, state.box))) continue;
    if (from !== null || to !== null) {
      if (statement.firstDay === null && statement.lastDay === null) undated += 1;
      if (!isDuring(statement, from, to)) continue;
    }
    statements.push(statement);
  }
  const linked = new Set(statements.flatMap((statement) => [statement.from, statement.to]));
  const nodes = [...scene.nodes.values()].filter((node) => {
    if (!shows(node.key)) return false;
    // An entity without any statement is part of the graph until something narrows it.
    return linked.has(node.key) || state.focus?.includes(node.key) || state.node === node.key
      || (node.statements.length === 0 && !isNarrowed(state));
  });
  return { nodes, statements, undated };
}

function isNarrowed(state) {
  return Boolean(state.from || state.to || state.asOf || state.box || state.sure > 0 || !state.derived
    || Object.values(state.off).some((values) => values.length));
}

/** Statements between the same two that look the same are one line of the picture. */
function lines(scene, statements) {
  const found = new Map();
  for (const statement of statements) {
    let { from, to } = statement;
    if (statement.symmetric && to < from) [from, to] = [to, from];
    const key = JSON.stringify([from, to, statement.quad, statement.standing, statement.symmetric]);
    if (!found.has(key)) {
      found.set(key, {
        key, from, to, quad: statement.quad, standing: statement.standing, symmetric: statement.symmetric,
        color: scene.color(statement), statements: [],
      });
    }
    found.get(key).statements.push(statement);
  }
  for (const line of found.values()) line.label = labelOf(line.statements);
  return [...found.values()];
}

/** "meets ×2, supports". */
function labelOf(statements) {
  const types = new Map();
  for (const { type } of statements) types.set(type, (types.get(type) ?? 0) + 1);
  const words = [...types].map(([type, number]) => (number > 1 ? `${spoken(type)} ×${number}` : spoken(type)));
  return words.length > 3 ? `${words.slice(0, 3).join(", ")} and ${words.length - 3} more` : words.join(", ");
}
