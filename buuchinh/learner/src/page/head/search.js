// One search field for all: goods, lessons, terms, law, pages. Its index is loaded when it is first used.
import { fill, h } from "../../question/dom.js";
import { findRows, findable, nearest } from "../../logic/finding.js";
import { wayOut } from "../reference/danger_words.js";
import { openSheet } from "./sheet.js";
import { GOODS, SEARCH_INDEX } from "../../routes.js";

const MOST = 5; // rows of each group
const MOST_NEAR = 6; // rows of all groups where none has every word
const GROUPS = { pages: "group_pages", goods: "group_goods", lessons: "group_lessons", terms: "group_terms", law: "group_law" }; // the groups in order, each with the name of the sentence above it

let index = null; // loaded once for all pages: [[group, rows]]

// Opens the search, with what was `typed` before its script was here.
export async function searchSheet(host, words, typed = "") {
  const status = h("p", { class: "hoc-note", role: "status" }, words.search_hint);
  const list = h("div", {});
  const box = h("input", { type: "search", id: "hoc-search-box", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", placeholder: words.search_like, "aria-label": words.search_title, oninput: look });
  const form = h("form", { role: "search", onsubmit: first }, box);
  const dialog = openSheet({ title: words.search_title, close: words.close, kind: "hoc-search-all" }, form, status, list);
  box.focus();
  box.value = typed;
  dialog.addEventListener("keydown", step);
  try {
    index ??= await indexOf(host);
  } catch {
    status.textContent = host.say("not_loaded");
    return;
  }
  look();

  function look() {
    if (!index) return;
    const groups = index.map(([name, rows]) => [name, findRows(rows, box.value, MOST)]).filter(([, { rows }]) => rows.length);
    const count = groups.reduce((sum, [, { total }]) => sum + total, 0);
    const isAsked = box.value.trim() !== "";
    const near = count ? [] : nearest(index.flatMap(([, rows]) => rows), box.value, MOST_NEAR);
    const result = near.length ? fill(words.search_near, { count: near.length }) : words.search_nothing;
    status.textContent = !isAsked ? words.search_hint : count ? fill(words.search_found, { count }) : result;
    list.replaceChildren(...[wayOut((name) => words[name], box.value, () => dialog.close())].filter(Boolean), ...groups.map(([name, { rows, total }]) => h("section", {},
      h("h3", {}, words[GROUPS[name]], total > rows.length ? h("small", {}, fill(words.search_more, { count: total - rows.length })) : null),
      lines(rows))), ...(near.length ? [lines(near)] : []));
  }

  function lines(rows) {
    return h("ul", {}, ...rows.map((row) => h("li", {}, line(row))));
  }

  function line({ at, title, about }) {
    const content = [h("strong", {}, title), about ? h("span", {}, about) : null];
    if (at === null) return h("div", { class: "hoc-hit" }, ...content);
    return h("a", { class: "hoc-hit", href: `#/${at}`, onclick: () => dialog.close() }, ...content);
  }

  function first(event) {
    event.preventDefault();
    list.querySelector("a")?.click();
  }

  // Handles keys: arrows lead from the field through the results and back. Esc closes; a browser would only empty the field.
  function step(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
      return;
    }
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const stops = [box, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + way];
    next?.focus();
  }
}

async function indexOf(host) {
  const [{ groups }, goods] = await Promise.all([host.loaded(SEARCH_INDEX), GOODS in host.course.later ? host.loaded(GOODS) : null]);
  const rows = { ...groups, ...(goods ? { goods: goodsOf(goods) } : {}) };
  return Object.keys(GROUPS).filter((name) => rows[name]).map((name) => [name, rows[name].map(findable)]);
}

// Returns the goods by name alone: the answer is on their own page, with the questions to ask first.
function goodsOf({ columns, rows }) {
  const [name, words] = ["name", "words"].map((column) => columns.indexOf(column));
  return rows.map((row) => [`${GOODS}/${encodeURIComponent(row[name])}`, row[name], "", row[words].join("; ")]);
}
