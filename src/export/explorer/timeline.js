// The timeline: how much was said of which time. A drag over it keeps that time; the slider below shows what was so by a day.

class Timeline {
  constructor(app) {
    this.app = app;
    this.root = byId("timeline");
    this.chart = el("svg:svg", { id: "timeline-chart", role: "img", "aria-label": "Statements by time; drag to keep a period", preserveAspectRatio: "none" });
    this.note = el("span", { class: "faint", id: "timeline-note" });
    this.from = el("input", { type: "date", id: "from", "aria-label": "From" });
    this.to = el("input", { type: "date", id: "to", "aria-label": "To" });
    for (const [input, key] of [[this.from, "from"], [this.to, "to"]]) {
      input.addEventListener("change", () => this.app.store.change({ [key]: input.value || null }));
    }
    this.isAsOf = el("input", { type: "checkbox", id: "as-of-on" });
    this.slider = el("input", { type: "range", id: "as-of", min: 0, max: 1, step: 1, "aria-label": "As of", disabled: true });
    this.day = el("output", { id: "as-of-day" });
    this.isAsOf.addEventListener("change", () => this.app.store.change({ asOf: this.isAsOf.checked ? toIso(Number(this.slider.max)) : null }));
    this.slider.addEventListener("input", () => this.app.store.change({ asOf: toIso(Number(this.slider.value)) }, { isPassing: true }));
    this.slider.addEventListener("change", () => this.app.settle());
    this.clear = el("button", { id: "time-clear", onclick: () => this.app.store.change({ from: null, to: null, asOf: null }) }, "All times");
    this.root.replaceChildren(
      this.chart,
      el("div", { class: "controls" },
        el("label", {}, "from ", this.from), el("label", {}, "to ", this.to),
        el("label", { class: "check" }, this.isAsOf, "as of"), this.slider, this.day, this.clear, this.note));
    this.listen();
    new ResizeObserver(() => this.show(this.app.state, this.app.view)).observe(this.root);
  }

  /** The time that the scene spans, in bins of days, months or years. */
  measure() {
    const days = [];
    for (const statement of this.app.scene.statements.values()) {
      for (const day of [statement.firstDay, statement.lastDay]) if (day !== null) days.push(day);
    }
    if (!days.length) {
      this.bins = [];
      return;
    }
    let [first, last] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
    // A few days alone would be broad blocks.
    while (last - first < 20) [first, last] = [first - 1, last + 1];
    const span = last - first;
    const unit = span <= 120 ? "day" : span <= 365 * 12 ? "month" : span <= 365 * 150 ? "year" : "decade";
    const starts = [];
    const date = new Date(first * DAY);
    if (unit !== "day") date.setUTCDate(1);
    if (unit === "year" || unit === "decade") date.setUTCMonth(0);
    if (unit === "decade") date.setUTCFullYear(Math.floor(date.getUTCFullYear() / 10) * 10);
    while (starts.length < 1200) {
      const day = Math.floor(date.getTime() / DAY);
      starts.push(day);
      if (day > last) break;
      if (unit === "day") date.setUTCDate(date.getUTCDate() + 1);
      else if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
      else date.setUTCFullYear(date.getUTCFullYear() + (unit === "year" ? 1 : 10));
    }
    this.unit = unit;
    this.bins = starts.slice(0, -1).map((start, at) => ({ start, end: starts[at + 1] - 1 }));
    this.first = first;
    this.last = last;
    Object.assign(this.slider, { min: first, max: last });
  }

  /** Statements of a bin; long ones count where they begin, or where they end if that is all there is. */
  binOf(statement) {
    const day = statement.firstDay ?? statement.lastDay;
    if (day === null) return -1;
    let [low, high] = [0, this.bins.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.bins[middle].start <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  show(state, view) {
    if (!this.bins) this.measure();
    const { scene } = this.app;
    const [width, height] = [Math.max(this.chart.clientWidth, 200), 64];
    this.chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const isAny = this.bins.length > 0;
    for (const control of [this.from, this.to, this.isAsOf]) control.disabled = !isAny;
    this.chart.style.display = isAny ? "" : "none";
    let undated = 0;
    for (const statement of scene.statements.values()) if (statement.firstDay === null && statement.lastDay === null) undated += 1;
    this.note.textContent = !isAny ? "No statement and no article has a date." : undated ? `${count(undated, "statement")} without a date` : "";
    this.from.value = state.from ?? "";
    this.to.value = state.to ?? "";
    this.isAsOf.checked = state.asOf !== null;
    this.slider.disabled = state.asOf === null;
    this.slider.value = state.asOf ? toDay(state.asOf) : this.slider.max;
    this.day.textContent = state.asOf ? dayPhrase(state.asOf) : "";
    if (!isAny) return;
    const quads = [...scene.quads.keys()];
    const all = this.bins.map(() => 0);
    for (const statement of scene.statements.values()) {
      const bin = this.binOf(statement);
      if (bin >= 0) all[bin] += 1;
    }
    const shown = this.bins.map(() => quads.map(() => 0));
    for (const statement of view.statements) {
      const bin = this.binOf(statement);
      if (bin >= 0) shown[bin][quads.indexOf(statement.quad)] += 1;
    }
    const most = Math.sqrt(Math.max(...all, 1));
    const step = width / this.bins.length;
    const tall = (number) => (Math.sqrt(number) / most) * (height - 18);
    const bars = [];
    this.bins.forEach((bin, at) => {
      if (!all[at]) return;
      const [left, wide] = [at * step, Math.max(step - (step > 4 ? 1 : 0), 0.6)];
      bars.push(el("svg:rect", { class: "rest", x: left.toFixed(2), y: (height - 14 - tall(all[at])).toFixed(2), width: wide.toFixed(2), height: tall(all[at]).toFixed(2) }));
      const sum = shown[at].reduce((a, b) => a + b, 0);
      let top = height - 14;
      shown[at].forEach((number, quad) => {
        if (!number) return;
        const share = (tall(sum) * number) / sum;
        top -= share;
        bars.push(el("svg:rect", { class: "bar", x: left.toFixed(2), y: top.toFixed(2), width: wide.toFixed(2), height: share.toFixed(2), fill: scene.quads.get(quads[quad]).color },
          el("svg:title", {}, `${this.phrase(bin)}: ${count(number, "statement")}, ${scene.quads.get(quads[quad]).about}`)));
      });
    });
    const every = Math.max(1, Math.ceil(74 / step));
    const ticks = this.bins.map((bin, at) => (at % every ? null : el("svg:text", { x: (at * step + 2).toFixed(1), y: height - 3 }, this.phrase(bin)))).filter(Boolean);
    const brush = state.from || state.to ? el("svg:rect", { class: "brush", ...this.brushBox(state, width), y: 0, height: height - 14 }) : null;
    const asOf = state.asOf ? el("svg:line", { class: "as-of", x1: this.x(toDay(state.asOf) + 0.5, width), x2: this.x(toDay(state.asOf) + 0.5, width), y1: 0, y2: height - 14 }) : null;
    this.chart.replaceChildren(...[...bars, ...ticks, brush, asOf].filter(Boolean));
  }

  brushBox(state, width) {
    const left = state.from ? this.x(toDay(state.from), width) : 0;
    const right = state.to ? this.x(toDay(state.to) + 1, width) : width;
    return { x: Math.max(0, left).toFixed(1), width: Math.max(2, Math.min(right, width) - Math.max(0, left)).toFixed(1) };
  }

  phrase(bin) {
    const iso = toIso(bin.start);
    if (this.unit === "day") return dayPhrase(iso);
    if (this.unit === "month") return `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
    return this.unit === "year" ? iso.slice(0, 4) : `${iso.slice(0, 4)}s`;
  }

  /** Bins are equally wide, months or not. */
  x(day, width) {
    const at = this.bins.findIndex((bin) => day <= bin.end + 0.999);
    const bin = this.bins[at < 0 ? this.bins.length - 1 : at];
    const part = (day - bin.start) / (bin.end - bin.start + 1);
    return ((at < 0 ? this.bins.length : at + Math.max(0, part)) * width) / this.bins.length;
  }

  binAt(event) {
    const box = this.chart.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    return Math.min(Math.max(Math.floor(part * this.bins.length), 0), this.bins.length - 1);
  }

  listen() {
    let start = null;
    const brush = (event) => {
      const [a, b] = [start, this.binAt(event)].sort((one, other) => one - other);
      return { from: toIso(this.bins[a].start), to: toIso(this.bins[b].end) };
    };
    this.chart.addEventListener("pointerdown", (event) => {
      if (!this.bins.length || event.button !== 0) return;
      start = this.binAt(event);
      this.chart.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.chart.addEventListener("pointermove", (event) => {
      if (start !== null) this.app.store.change(brush(event), { isPassing: true });
    });
    this.chart.addEventListener("pointerup", (event) => {
      if (start === null) return;
      this.app.store.change(brush(event), { isPassing: true });
      start = null;
      this.app.settle();
    });
    this.chart.addEventListener("pointercancel", () => { start = null; });
    this.chart.addEventListener("dblclick", () => this.app.store.change({ from: null, to: null }));
  }
}
