// Pages are scripts that call hoc.page(…): a page from a disk may load scripts, and no data otherwise.
import { h } from "../question/dom.js";
import { OWN_SCRIPT, REFERENCE_SCRIPT, SHARED_LAW, UNIT_SCRIPT } from "../routes.js";

const arrived = new Map();
const tools = new Map();
const asked = new Map(); // the scripts that were asked for, until one fails
/** The words of questions, which come with their script. */
export const asking = /** @type {Words} */ ({});
const AFTER = { [OWN_SCRIPT]: UNIT_SCRIPT }; // what takes modules of another script comes after it

// What the scripts of pages call.
export const hoc = {
  page: (data) => arrived.set(data.id, data),
  notebook: (id, text) => arrived.set(`${id}-nop`, text),
  // Earlier versions of a unit say mostly the same: what they say comes once, each names it by its place (site/earlier_sheets.py).
  earlier: (told, pages) => pages.forEach((page) => arrived.set(`${page.id}-${page.version}`, {
    ...page,
    screens: page.screens.map((screen) => ({ ...screen, parts: screen.parts.map((n) => told[n]) })),
    forms: Object.fromEntries(Object.entries(page.forms).map(([form, asked]) => [form, Object.fromEntries(Object.entries(asked).map(([id, n]) => [id, told[n]]))])),
  })),
  later(words, made, style) {
    document.head.append(h("style", {}, style));
    arrived.set(REFERENCE_SCRIPT, { words, views: made() });
  },
  // `under`: a style that the page's own goes before; `words`: what questions say.
  tool(name, open, style, under = "", words = {}) {
    Object.assign(asking, words);
    if (under) document.querySelector("head style").before(h("style", {}, under));
    document.head.append(h("style", {}, style));
    tools.set(name, open);
  },
};

// A page of the course names provisions; what they say comes once for all pages (a page that stands alone has its own).
export async function loaded(id, lawToo = false) {
  const [page] = await Promise.all([fetched(id), lawToo ? fetched(SHARED_LAW) : null]);
  if (!Array.isArray(page.law)) return page;
  const { law } = page.law.length ? await fetched(SHARED_LAW) : {};
  if (Array.isArray(page.law)) page.law = Object.fromEntries(page.law.map((ref) => [ref, law[ref]])); // two may have asked at once
  return page;
}

async function fetched(id) {
  if (!arrived.has(id)) await script(`bai/${id.replace(/-\d[\d.]*$/u, "-truoc")}.js`);
  return arrived.get(id);
}

// The views that are opened now and then, in a script of their own: {words, views}.
export async function laterViews() {
  if (!arrived.has(REFERENCE_SCRIPT)) await script(`${REFERENCE_SCRIPT}.js`);
  return arrived.get(REFERENCE_SCRIPT);
}

// What is not needed at once is a script of its own: questions, pictures put together, the follow-up.
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

// Once, however many ask for it at a time; what failed is tried again.
function script(address) {
  if (!asked.has(address)) {
    asked.set(address, new Promise((resolve, reject) => {
      const element = h("script", { src: address, onload: resolve, onerror: () => reject(new Error(address)) });
      document.head.append(element);
    }));
    asked.get(address).catch(() => asked.delete(address));
  }
  return asked.get(address);
}
