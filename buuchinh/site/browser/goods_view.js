// "Món này gửi được không?": what a customer says is typed, with or without tone marks; each line is an answer to say aloud.
import { h } from "../../questions/browser/dom.js";
import { fold } from "../../questions/browser/text.js";

const SIGNS = { accept: "✓", ask: "?", unit: "☎", refuse: "✗" };
const ANSWERS = { accept: "goods_accept", ask: "goods_ask", unit: "goods_unit", refuse: "goods_refuse" };
const MOST = 12;
const MOST_NEAR = 5;
const MOST_WORDS = 10;
const ENOUGH = 0.6; // of the weight of the nearest
// The ways in which a thing is found, the surest first; APART: the words stand in different ways to say it.
const [EXACT, SAME, NAMED, BEGINS, HOLDS, APART, NONE] = [0, 1, 2, 3, 4, 5, 6];

export function goodsView(app, page) {
  const goods = page.rows.map((row) => Object.fromEntries(page.columns.map((name, n) => [name, row[n]]))).map(searchable);
  const counting = app.say("goods_counting").split(" ");
  const told = h("p", { class: "hoc-note", role: "status" }, app.say("goods_count", { count: goods.length }));
  const list = h("ul", { class: "hoc-goods" });
  const box = h("input", { type: "search", id: "hoc-goods-box", autocomplete: "off", enterkeyhint: "search", "aria-describedby": "hoc-goods-hint", oninput: look });

  function look() {
    const found = search(goods, box.value, counting);
    const asked = box.value.trim() !== "";
    const near = asked && found.length === 0 ? nearest(goods, box.value, counting) : [];
    list.replaceChildren(...[...found.slice(0, MOST), ...near].map((good) => line(app, page, good)));
    const nothing = asked && found.length === 0;
    const shown = found.length > MOST ? "goods_more" : "goods_found";
    told.className = nothing ? "hoc-alarm" : "hoc-note";
    told.textContent = nothing ? app.say(near.length ? "goods_near" : "goods_none") : app.say(asked ? shown : "goods_count", { count: asked ? found.length : goods.length, most: MOST });
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

// Where no thing has all the words: what the longest run of them names, else what has half of them. Never "nhận".
export function nearest(goods, typed, counting = []) {
  const marked = plain(fold(typed, true)).split(" ").slice(0, MOST_WORDS);
  for (let length = marked.length - 1; length > 0; length -= 1) {
    for (const way of length > 1 ? [BEGINS, HOLDS] : [SAME]) {
      for (let from = 0; from + length <= marked.length; from += 1) {
        const run = marked.slice(from, from + length);
        if (run.every((word) => counting.includes(word))) continue;
        const whole = ({ phrases }) => phrases.some((phrase) => ` ${phrase} `.includes(` ${fold(run.join(" "))} `));
        const found = ranked(goods, run, way).filter((good) => good.answer !== "accept" && whole(good));
        if (found.length) return found.slice(0, MOST_NEAR);
      }
    }
  }
  const apart = ranked(goods, marked, APART).filter((good) => good.answer !== "accept");
  return apart.length ? apart.slice(0, MOST_NEAR) : byWeight(goods, typed, counting);
}

function byWeight(goods, typed, counting) {
  const words = plain(fold(typed, true)).split(" ").filter((word) => word.length > 1 && !counting.includes(word)).map((word) => fold(word));
  const within = (good, word) => good.phrases.some((phrase) => ` ${phrase} `.includes(` ${word} `));
  const weights = new Map(words.map((word) => [word, 1 / goods.filter((good) => within(good, word)).length]));
  const half = (good) => 2 * words.filter((word) => within(good, word)).length >= words.length;
  const weigh = (good) => words.filter((word) => within(good, word)).reduce((sum, word) => sum + weights.get(word), 0);
  const weighed = goods.map((good) => ({ good, weight: weigh(good) })).filter(({ good, weight }) => weight > 0 && half(good) && good.answer !== "accept").sort((one, other) => other.weight - one.weight);
  return weighed.filter(({ weight }) => weight >= ENOUGH * weighed[0].weight).slice(0, MOST_NEAR).map(({ good }) => good);
}

function ranked(goods, marked, surest = HOLDS) {
  const asked = fold(marked.join(" "));
  if (!asked) return [];
  const hits = goods.map((good) => ({ good, rank: rankOf(good, asked, marked.join(" ")) })).filter(({ rank }) => rank[0] <= surest);
  const best = Math.min(...hits.map(({ rank }) => rank[0]));
  const most = best <= SAME ? BEGINS : surest;
  const kept = hits.filter(({ rank }) => rank[0] <= most);
  return kept.sort((one, other) => one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1]).map(({ good }) => good);
}

// The way in which a thing is found, then the words too many and the tone marks.
function rankOf(good, asked, marked) {
  const words = asked.split(" ");
  const spelt = good.marked.some((phrase) => ` ${phrase} `.includes(` ${marked} `)) ? 0 : 0.5;
  const way = wayOf(good, asked, words);
  const spare = Math.min(...good.phrases.filter((phrase) => holds(phrase, words)).map((phrase) => phrase.split(" ").length - words.length), 9);
  return [way, spelt + spare / 10];
}

function wayOf({ phrases }, asked, words) {
  const sorted = [...words].sort().join(" ");
  if (phrases.includes(asked)) return EXACT;
  if (phrases.some((phrase) => phrase.split(" ").sort().join(" ") === sorted)) return SAME;
  if (phrases[0].startsWith(asked)) return NAMED;
  if (phrases.some((phrase) => phrase.startsWith(asked))) return BEGINS;
  if (phrases.some((phrase) => holds(phrase, words))) return HOLDS;
  if (words.length === 1 && asked.length > 4 && phrases.some((phrase) => phrase.replaceAll(" ", "") === asked)) return HOLDS; // no spaces
  const all = ` ${phrases.join(" ")} `;
  return words.every((word) => all.includes(` ${word} `)) ? APART : NONE;
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
