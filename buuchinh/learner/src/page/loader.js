// The loader of pages: scripts that call hoc.page(…), since a page from a disk may load scripts, but no other data.
import { h } from "../question/dom.js";
import { OWN_SCRIPT, REFERENCE_SCRIPT, UNIT_SCRIPT } from "../routes.js";

const arrived = new Map();
const tools = new Map();
const requests = new Map(); // the scripts requested so far, but those that failed
/** The words of questions, which come with their script. */
export const asking = /** @type {Words} */ ({});
const AFTER = { [OWN_SCRIPT]: UNIT_SCRIPT }; // a script that takes modules of another one is loaded after it

// The functions that the scripts of pages call.
export const hoc = {
  page: (data) => arrived.set(data.id, data),
  notebook: (id, text) => arrived.set(`${id}-nop`, text),
  // Adds earlier versions of a unit, which have most texts in common: each text comes once, each version names it by its place
  // (site/earlier_sheets.py).
  earlier: (texts, pages) => pages.forEach((page) => arrived.set(`${page.id}-${page.version}`, {
    ...page,
    screens: page.screens.map((screen) => ({ ...screen, parts: screen.parts.map((n) => texts[n]) })),
    forms: Object.fromEntries(Object.entries(page.forms).map(([form, places]) => [form, Object.fromEntries(Object.entries(places).map(([id, n]) => [id, texts[n]]))])),
  })),
  later(words, made, style) {
    document.head.append(h("style", {}, style));
    arrived.set(REFERENCE_SCRIPT, { words, views: made() });
  },
  // Adds a script's tool. `under`: a style that goes before the page's own; `words`: the texts of questions.
  tool(name, open, style, under = "", words = {}) {
    Object.assign(asking, words);
    if (under) document.querySelector("head style").before(h("style", {}, under));
    document.head.append(h("style", {}, style));
    tools.set(name, open);
  },
};

// Returns a page, with the provisions that it names.
export async function loaded(id) {
  if (!arrived.has(id)) await script(`bai/${id.replace(/-\d[\d.]*$/u, "-truoc")}.js`);
  return arrived.get(id);
}

// Returns the views that are opened now and then, from a script of their own: {words, views}.
export async function laterViews() {
  if (!arrived.has(REFERENCE_SCRIPT)) await script(`${REFERENCE_SCRIPT}.js`);
  return arrived.get(REFERENCE_SCRIPT);
}

// Loads a tool from a script of its own: questions, pictures put together, the follow-up, none of them needed at once.
export async function tool(name) {
  if (AFTER[name]) await tool(AFTER[name]);
  if (!tools.has(name)) await script(`${name}.js`);
  return tools.get(name);
}

export async function forHandIn(id, withNotebook) {
  await Promise.all([window.fflate ?? script("fflate.js"), !withNotebook || arrived.has(`${id}-nop`) || script(`bai/${id}-nop.js`)]);
  const zip = (files, at) => window.fflate.zipSync(files, { mtime: at });
  return { notebook: withNotebook ? arrived.get(`${id}-nop`) : null, zip };
}

// Loads a script once, for any number of requests at a time; one that failed is tried again.
function script(address) {
  if (!requests.has(address)) {
    requests.set(address, new Promise((resolve, reject) => {
      const element = h("script", { src: address, onload: resolve, onerror: () => reject(new Error(address)) });
      document.head.append(element);
    }));
    requests.get(address).catch(() => requests.delete(address));
  }
  return requests.get(address);
}
