// "Món này gửi được không?": a search by what a customer says, typed with or without tone marks; each line of the result is an
// answer to say aloud.
import { h } from "../../question/dom.js";
import { wayOut } from "./danger_words.js";
import { answerOf, lookUp, searchable } from "./goods_search.js";
import { passing } from "./goods_words.js";

const ANSWERS = {
  accept: "goods_accept", accept_if: "goods_accept_if", doubt: "goods_doubt", ask: "goods_ask", unit: "goods_unit", refuse: "goods_refuse",
};
const SIGNS = { accept: "✓", ask: "?", unit: "→", refuse: "✗" };
const POSTED = "danh mục niêm yết"; // an answer with these words holds only if the unit's own list has the thing
const MOST = 8;
const CALLS = /\b11[345]\b/u; // an instruction with such a number is to be followed at once, so it is read without a tap

const UNKNOWN = "t zz"; // words that take a search all its ways: what it computes once is ready before the first key
const SOON = 300; // ms: the page is drawn before

const NOTHING = { found: [], unknown: [], doubtful: [], either: [], near: false, abroad: false, taken: "", grave: false, several: false };

// Returns the view. phrase: the words typed on the first page already (#/mon-nay/nuoc%20mam).
export function goodsView(host, page, [phrase = ""] = []) {
  const table = searchable(page.rows.map((row) => Object.fromEntries(page.columns.map((name, n) => [name, row[n]]))));
  const empty = passing(host.say);
  const status = h("div", { role: "status" });
  const list = h("ul", { class: "hoc-goods" });
  const drawn = drawer(host, page);
  const all = shelves(host, page, table.goods);
  const box = h("input", { type: "search", id: "hoc-goods-box", autocomplete: "off", enterkeyhint: "search", "aria-describedby": "hoc-goods-hint", oninput: look });
  const form = h("form", { class: "hoc-search", role: "search", onsubmit: (event) => event.preventDefault() },
    h("label", { for: "hoc-goods-box" }, host.say("goods_label")), box,
    h("p", { class: "hoc-note", id: "hoc-goods-hint" }, host.say("goods_hint")));

  function look() {
    const isTyped = box.value.trim() !== "";
    const answer = isTyped ? lookUp(table, box.value, empty) : NOTHING;
    const lines = answer.found.slice(0, MOST);
    replace(list, lines.map((good) => drawn(good, answerOf(good, answer))));
    form.classList.toggle("hoc-typed", isTyped);
    all.hidden = isTyped;
    const danger = isTyped ? wayOut(host.say, box.value) : null;
    replace(status, [...(danger ? [danger] : []), ...(isTyped ? paragraphs(above(host, answer, lines)) : [])]);
  }

  box.value = decoded(phrase);
  look();
  setTimeout(() => lookUp(table, UNKNOWN, empty), SOON);

  return [
    h("h1", { tabindex: "-1" }, page.title),
    form, status, list, all,
    h("p", { class: "hoc-note" }, host.say("goods_basis")),
  ];
}

// Replaces the children unless they are equal: what has not changed is neither laid out nor read aloud again.
function replace(parent, children) {
  const isSame = parent.childNodes.length === children.length && children.every((child, n) => child.isEqualNode(parent.childNodes[n]));
  if (!isSame) parent.replaceChildren(...children);
}

// Returns a function that draws the line of a thing once for each answer.
function drawer(host, page) {
  const lines = new Map();
  return (good, way) => {
    const ways = lines.get(good) ?? {};
    lines.set(good, ways);
    return (ways[way] ??= line(host, page, good, way));
  };
}

// Decodes the text of an address; returns it as it is if it was cut in the middle of a character.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Returns the shelves, for those who do not know what to type; a shelf is filled when it is opened.
function shelves(host, page, goods) {
  const shelf = ([group, label]) => {
    const own = goods.filter((good) => good.group === group);
    const made = h("details", { class: "hoc-shelf", ontoggle: fill }, h("summary", {}, raised(label), h("span", {}, host.say("goods_on_shelf", { count: own.length }))));
    function fill() {
      if (made.childElementCount < 2) made.append(h("ul", { class: "hoc-goods" }, ...own.map((good) => line(host, page, good, answerOf(good, NOTHING)))));
    }
    return made;
  };
  return h("details", { class: "hoc-shelves" }, h("summary", {}, host.say("goods_all", { count: goods.length })), ...Object.entries(page.labels.group).map(shelf));
}

function raised(text) {
  return text[0].toUpperCase() + text.slice(1);
}

function paragraphs(sentences) {
  return sentences.filter(([, text]) => text).map(([kind, text]) => h("p", { class: `hoc-${kind}` }, text));
}

// Returns the sentences above all lines: what the clerk is to ask first, how many lines are shown, when their answers hold.
function above(host, { found: goods, unknown, doubtful, either: [first, second], near, abroad, taken }, lines) {
  const quoted = (words) => words.map((word) => `“${word}”`).join(", ");
  const asks = [
    doubtful.length ? host.say("goods_doubtful", { words: quoted(doubtful) }) : "",
    first ? host.say("goods_either", { one: first, other: second }) : "",
    goods.length && unknown.length ? host.say("goods_unknown", { words: quoted(unknown) }) : "",
    taken ? host.say("goods_taken", { name: taken }) : "",
    goods.length && near && !doubtful.length ? host.say("goods_near") : "",
  ];
  const counted = near ? "" : host.say(goods.length > MOST ? "goods_more" : "goods_found", { count: goods.length, most: MOST });
  const nothing = doubtful.length ? "" : host.say("goods_none");
  return [
    ["alarm", asks.filter(Boolean).join(" ")],
    ["note", goods.length ? counted : nothing],
    ["note", abroad ? host.say("goods_abroad") : ""],
    ["note", lines.some(({ say }) => say.includes(POSTED)) ? host.say("goods_posted") : ""],
  ];
}

// Draws one thing with its answer (``answerOf``). If other things were typed too, or words that the table does not have, "accept" holds only for
// the thing by itself, and the customer is asked for the rest first; if something else may be meant, the customer is asked what
// it is.
function line(host, page, good, way) {
  const colour = way === "accept_if" || way === "doubt" ? "ask" : way;
  const atOnce = CALLS.test(good.note);
  return h("li", { class: `hoc-good-${colour}` },
    h("p", { class: "hoc-answer", title: page.labels.answer[good.answer] }, h("span", { "aria-hidden": "true" }, `${SIGNS[colour]} `), host.say(ANSWERS[way])),
    h("p", { class: "hoc-name" }, h("strong", {}, good.name)),
    way === "accept_if" ? h("p", { class: "hoc-say" }, `“${host.say("goods_what_else")}” `, h("span", {}, host.say("goods_only_this"))) : null,
    h("p", { class: "hoc-say" }, `“${way === "doubt" ? host.say("goods_what_is_it") : good.say}”`),
    atOnce ? h("p", { class: "hoc-at-once" }, good.note) : null,
    basis(host, page, good.provisions),
    why(host, page, good, atOnce ? "" : good.note));
}

// Returns the folded "Vì sao", filled when it is opened: few are, and a phone lays out every key's lines anew.
function why(host, page, good, note) {
  const folded = h("details", { ontoggle: fill }, h("summary", {}, host.say("goods_why")));
  function fill() {
    if (folded.childElementCount < 2) folded.append(h("dl", {}, ...reasons(host, page, good, note)));
  }
  return folded;
}

function reasons(host, page, good, note) {
  const { confidence, differs } = page.labels;
  const pairs = [
    ["goods_why", good.why], ["goods_class", good.hazard_class], ["goods_note", note],
    ["goods_source", good.source], ["goods_differs", differs[good.differs]],
    ["goods_confidence", `${good.confidence}: ${confidence[good.confidence]}`],
  ];
  const laws = good.provisions.map((ref) => h("li", {}, h("a", { href: `#${ref}` }, page.law[ref].cite)));
  return [
    ...pairs.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, host.say(name)), h("dd", {}, value)]),
    ...(laws.length ? [h("dt", {}, host.say("goods_law")), h("dd", {}, h("ul", {}, ...laws))] : []),
  ];
}

// Returns one line with the first provision by its short name; the others are under "Vì sao".
function basis(host, page, [first, ...others]) {
  if (!first) return null;
  const link = h("a", { href: `#${first}` }, page.law[first].cite.replace(/ \([^)]*\)$/u, ""));
  return h("p", { class: "hoc-basis" }, host.say("goods_basis_of"), " ", link, others.length ? ` ${host.say("goods_basis_more", { count: others.length })}` : "");
}
