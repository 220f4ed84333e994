// "Món này gửi được không?": what a customer says is typed, with or without tone marks; each line is an answer to say aloud.
import { h } from "../../questions/browser/dom.js";
import { fold } from "../../questions/browser/text.js";

const SIGNS = { accept: "✓", ask: "?", unit: "?", refuse: "✗" };
const ANSWERS = { accept: "goods_accept", ask: "goods_ask", unit: "goods_unit", refuse: "goods_refuse" };
const MOST = 12;
const APART = 4; // the words stand in different ways to say it: a guess, shown only where there is nothing better

export function goodsView(app, page) {
  const goods = page.rows.map((row) => Object.fromEntries(page.columns.map((name, n) => [name, row[n]]))).map(searchable);
  const counting = app.say("goods_counting").split(" ");
  const told = h("p", { class: "hoc-note", role: "status" }, app.say("goods_count", { count: goods.length }));
  const list = h("ul", { class: "hoc-goods" });
  const box = h("input", { type: "search", id: "hoc-goods-box", autocomplete: "off", enterkeyhint: "search", "aria-describedby": "hoc-goods-hint", oninput: look });

  function look() {
    const found = search(goods, box.value, counting);
    const asked = box.value.trim() !== "";
    list.replaceChildren(...found.slice(0, MOST).map((good) => line(app, page, good)));
    const nothing = asked && found.length === 0;
    const shown = found.length > MOST ? "goods_more" : "goods_found";
    told.className = nothing ? "hoc-alarm" : "hoc-note";
    told.textContent = nothing ? app.say("goods_none") : app.say(asked ? shown : "goods_count", { count: asked ? found.length : goods.length, most: MOST });
  }

  return [
    h("h1", { tabindex: "-1" }, page.title),
    h("form", { class: "hoc-search", role: "search", onsubmit: (event) => event.preventDefault() },
      h("label", { for: "hoc-goods-box" }, app.say("goods_label")), box,
      h("p", { class: "hoc-note", id: "hoc-goods-hint" }, app.say("goods_hint"))),
    told, list,
    h("p", { class: "hoc-note" }, app.say("goods_basis")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}

function searchable(good) {
  const said = [good.name, ...good.words];
  return { ...good, phrases: said.map((one) => plain(fold(one))), marked: said.map((one) => plain(fold(one, true))) };
}

function plain(text) {
  return text.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
}

// What is typed stands in the name or in one of the customer's ways to say it, the last word perhaps not yet whole; the best
// first. Words that only count or wrap ("chai", "cục") are left out where nothing is found with them.
export function search(goods, typed, counting = []) {
  const marked = plain(fold(typed, true)).split(" ");
  const found = ranked(goods, marked);
  const short = marked.filter((word) => !counting.includes(word));
  return found.length || !short.length ? found : ranked(goods, short);
}

function ranked(goods, marked) {
  const asked = fold(marked.join(" "));
  if (!asked) return [];
  const hits = goods.map((good) => ({ good, rank: rankOf(good, asked, marked.join(" ")) })).filter(({ rank }) => rank < Infinity);
  const best = hits.filter(({ rank }) => rank < APART);
  return (best.length ? best : hits).sort((one, other) => one.rank - other.rank).map(({ good }) => good);
}

function rankOf(good, asked, marked) {
  const own = good.marked.some((phrase) => ` ${phrase} `.includes(` ${marked} `)) ? 0 : 0.5; // as typed, tone marks and all
  if (good.phrases.includes(asked)) return own;
  if (good.phrases[0].startsWith(asked)) return 1 + own;
  if (good.phrases.some((phrase) => phrase.startsWith(asked))) return 2 + own;
  if (good.phrases.some((phrase) => holds(phrase, asked.split(" ")))) return 3 + own;
  const all = ` ${good.phrases.join(" ")} `;
  return asked.split(" ").every((word) => all.includes(` ${word} `)) ? APART + own : Infinity;
}

function holds(phrase, words) {
  return words.every((word, n) => ` ${phrase} `.includes(n === words.length - 1 ? ` ${word}` : ` ${word} `));
}

function line(app, page, good) {
  const { answer, confidence, differs } = page.labels;
  const label = app.say(ANSWERS[good.answer]);
  const sure = h("dd", {}, `${good.confidence}: ${confidence[good.confidence]}`);
  const laws = good.provisions.map((ref) => h("li", {}, h("a", { href: `#${ref}` }, page.law[ref].cite)));
  const facts = [
    ["goods_why", good.why], ["goods_class", good.hazard_class], ["goods_note", good.note],
    ["goods_source", good.source], ["goods_differs", differs[good.differs]],
  ].filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, app.say(name)), h("dd", {}, value)]);
  return h("li", { class: `hoc-good-${good.answer}` }, h("details", {},
    h("summary", { title: answer[good.answer] },
      h("span", { class: "hoc-answer" }, h("span", { "aria-hidden": "true" }, `${SIGNS[good.answer]} `), label),
      h("strong", {}, good.name),
      h("span", { class: "hoc-say" }, `“${good.say}”`)),
    h("dl", {}, ...facts, h("dt", {}, app.say("goods_confidence")), sure,
      ...(laws.length ? [h("dt", {}, app.say("goods_law")), h("dd", {}, h("ul", {}, ...laws))] : []))));
}
