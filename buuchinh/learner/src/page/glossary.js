// Terms of the glossary: each is dotted at its first place on a screen; a touch opens a card with its meaning under the line.
import { h, newId } from "../question/dom.js";
import { GLOSSARY } from "../routes.js";

const EXPLAINED = ".hoc-prose, .bc-practice .bc-stem"; // never the options of a question
const PASSED_BY = "a, button, code, pre, svg, h1, h2, h3, h4, th, caption, summary, .hoc-term, .bc-option";
const LINE = "legend, p, li, td, dd";


// Marks the terms. `made`: the elements that a lesson shows now. The words are loaded after it, and nothing waits for them.
export function markTerms(host, made) {
  const { page } = host;
  if (page?.kind !== "lesson") return;
  host.loaded(GLOSSARY).then(({ words }) => markIn(page, made, words.filter(({ lessons }) => lessons.includes(page.id))), () => {});
}

function markIn(page, made, own) {
  const words = new Map(own.map((term) => [term.term.toLowerCase(), term]));
  if (!words.size) return;
  const terms = [...words.values()].map(({ term }) => term).sort((a, b) => b.length - a.length);
  const any = new RegExp(`(^|[^\\p{L}\\p{N}/])(${terms.map(escaped).join("|")})(?![\\p{L}\\p{N}]| \\p{N})`, "giu");
  for (const place of made.flatMap((node) => (node instanceof Element ? [...(node.matches(EXPLAINED) ? [node] : []), ...node.querySelectorAll(EXPLAINED)] : []))) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let text = /** @type {Text | null} */ (texts.nextNode()); text && words.size; text = /** @type {Text | null} */ (texts.nextNode())) {
      if (!text.parentElement?.closest(PASSED_BY)) markFirst(text, any, words, page);
    }
  }
}

function escaped(term) {
  return term.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}

// Marks the first term in a text; the rest of the text stays a node of its own, which the walk visits next.
function markFirst(text, any, words, page) {
  any.lastIndex = 0;
  for (let match; (match = any.exec(text.data)); ) {
    const [, before, spelling] = match;
    const word = words.get(spelling.toLowerCase());
    if (!word || (word.term === word.term.toUpperCase() && word.term !== spelling)) continue;
    words.delete(spelling.toLowerCase());
    const following = text.splitText(match.index + before.length);
    following.splitText(spelling.length);
    following.replaceWith(termOf(spelling, word, page));
    return;
  }
}

function termOf(spelling, word, page) {
  const id = newId("term");
  const term = h("span", { class: "hoc-term", role: "button", tabindex: "0", "aria-expanded": "false", onclick: toggle, onkeydown: pressed }, spelling);
  /** @type {HTMLElement | null} */
  let card = null;

  function toggle(event) {
    event.preventDefault(); // within a label a click would choose an option
    if (card) return close();
    card = cardOf(id, word, page);
    card.addEventListener("keydown", leave);
    const line = term.closest(LINE) ?? term;
    if (line.matches("li, td, dd")) line.append(card);
    else line.after(card);
    term.setAttribute("aria-controls", id);
    term.setAttribute("aria-expanded", "true");
  }

  function close() {
    card?.remove();
    card = null;
    term.removeAttribute("aria-controls");
    term.setAttribute("aria-expanded", "false");
  }

  function leave(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
    term.focus();
  }

  function pressed(event) {
    if (event.key === "Escape" && card) leave(event);
    if (event.key !== "Enter" && event.key !== " ") return;
    event.stopPropagation(); // Enter would press the blue button too
    toggle(event);
  }

  return term;
}

function cardOf(id, { term, full, meaning, ref, cite }, page) {
  const law = page.law[ref] ? h("a", { href: `#${ref}` }, cite) : cite;
  return h("div", { class: "hoc-meaning hoc-no-print", id, role: "note" }, h("p", {}, h("strong", {}, term), full ? ` (${full})` : ""), h("p", {}, meaning), law ? h("p", {}, law) : null);
}
