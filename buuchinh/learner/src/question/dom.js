// Builders of what is seen: elements, sentences with values filled in, and the light markup that stems may contain.

// A notebook loads this module once for each question, so counting alone would give the same ids to all of them.
const instance = Math.random().toString(36).slice(2, 10);
let made = 0;

/** @type {(stem: string) => string} */
export function newId(stem) {
  made += 1;
  return `bc-${stem}-${instance}-${made}`;
}

// Makes an element: h("p", {class: "x", onclick: f, hidden: true}, "text", element, null)
/**
 * @template {string} T
 * @param {T} tag
 * @param {Properties} properties
 * @param {(Child | Child[])[]} children
 * @returns {ElementOf<T>}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return /** @type {ElementOf<T>} */ (element);
}

/** @type {(sentence: string, values?: Named<unknown>) => string} */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Keeps dates and the shape of a code whole, which a browser would break at a hyphen.
/** @type {(text: string) => (HTMLElement | string)[]} */
export function unbroken(text) {
  return text.split(/(\S*\w-\w\S*)/u).map((piece) => (/\w-\w/u.test(piece) ? h("span", { class: "bc-whole" }, piece) : piece));
}

// Renders paragraphs, **strong**, `code` and [a link](#place), as spans so that a legend may hold them.
/** @type {(text: string) => HTMLElement[]} */
export function rich(text) {
  return text
    .split(/\n+/u)
    .filter((line) => line.trim())
    .map((line) => h("span", { class: "bc-par" }, ...inline(line)));
}

/** @type {(line: string) => (HTMLElement | string)[]} */
function inline(line) {
  return line.split(/(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\(#[^)\s]+\))/u).map((piece) => {
    if (/^\*\*[^*]+\*\*$/u.test(piece)) return h("strong", {}, piece.slice(2, -2));
    if (/^`[^`]+`$/u.test(piece)) return h("code", {}, piece.slice(1, -1));
    const link = /^\[([^\]]+)\]\((#[^)\s]+)\)$/u.exec(piece);
    return link ? h("a", { href: link[2] }, link[1]) : piece;
  });
}

// Returns ✓ or ✗, always with its word.
/** @type {(right: boolean, words: Words) => HTMLElement} */
export function verdict(right, words) {
  const name = right ? "right" : "wrong";
  return h("span", { class: `bc-verdict bc-${name}` }, h("span", { "aria-hidden": "true" }, right ? "✓ " : "✗ "), words[name]);
}

/** @type {(label: string, onclick: () => void, kind?: string, more?: Properties) => HTMLButtonElement} */
export function button(label, onclick, kind = "bc-button", more = {}) {
  return h("button", { type: "button", class: kind, onclick, ...more }, label);
}

/** @type {(offered: Choice[], id: string) => string} */
export function labelOf(offered, id) {
  return offered.find((option) => option.id === id)?.text ?? id;
}

// Redraws without losing keyboard focus: the focused element may be gone, so the first thing to press gets the focus.
/** @type {(place: HTMLElement, ...children: (Node | string)[]) => void} */
export function redraw(place, ...children) {
  const had = place.contains(document.activeElement);
  place.replaceChildren(...children);
  if (had) /** @type {HTMLElement | null} */ (place.querySelector("a[href], button, input, summary"))?.focus();
}
