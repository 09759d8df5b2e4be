// Words on the page: everything that comes from an article is text, never markup.

/** An element with attributes and children; strings become text. */
function el(name, attributes = {}, ...children) {
  const element = name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.setAttribute("class", value);
    else if (key === "color") element.style.setProperty("--color", value);
    else if (key === "checked" || key === "disabled" || key === "hidden" || key === "selected") element[key] = value;
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const byId = (id) => document.getElementById(id);

/** Without what would act on the page instead of being read: controls, and what turns the direction of the text around. */
function plain(text) {
  return String(text ?? "").replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu, " ");
}

/** At most so many letters, on one line. */
function shortened(text, most) {
  const letters = Array.from(plain(text).replace(/\s+/g, " ").trim());
  return letters.length <= most ? letters.join("") : letters.slice(0, most - 1).join("") + "…";
}

/** A name in a sentence of ours: isolated, so that its direction stays its own. */
function name(text, most = 120) {
  const whole = plain(text);
  const short = shortened(whole, most) || "?";
  return el("bdi", { title: short.endsWith("…") ? whole.slice(0, 2000) : null }, short);
}

/** "has_relations_with" as people read it. */
const spoken = (word) => shortened(String(word ?? "").replaceAll("_", " ").replaceAll("-", " "), 60);

const folded = (text) => plain(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** An address of the web, or nothing. */
const webAddress = (address) => (/^https?:\/\/[!#-;=?-[\]-~]+$/.test(address ?? "") ? address : null);

function link(address, ...children) {
  return webAddress(address)
    ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children)
    : el("span", {}, ...children);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2022-09-15" as "15 Sep 2022". */
function dayPhrase(iso) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso ?? "");
  return parts ? `${Number(parts[3])} ${MONTHS[Number(parts[2]) - 1] ?? "?"} ${parts[1]}` : plain(iso);
}

const DAY = 86400000;
const toDay = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY);
const toIso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Tells screen readers, and shows for a moment. */
function announce(text) {
  byId("announce").textContent = text;
}
