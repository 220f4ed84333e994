// "Món này gửi được không?": what a customer says is typed, with or without tone marks; each line is an answer to say aloud.
import { h } from "../../questions/browser/dom.js";
import { lookUp, passing, searchable } from "./goods_search.js";

const SIGNS = { accept: "✓", ask: "?", unit: "→", refuse: "✗" };
const ANSWERS = { accept: "goods_accept", ask: "goods_ask", unit: "goods_unit", refuse: "goods_refuse" };
const MOST = 8;
const CALLS = /\b11[345]\b/u; // what is to be done at once is read without a tap

export function goodsView(app, page) {
  const goods = page.rows.map((row) => Object.fromEntries(page.columns.map((name, n) => [name, row[n]]))).map(searchable);
  const empty = passing(app.say("goods_passing"), app.say("goods_places"), app.say("goods_places_abroad"), app.say("goods_towards"));
  const told = h("p", { class: "hoc-note", role: "status" }, app.say("goods_count", { count: goods.length }));
  const list = h("ul", { class: "hoc-goods" });
  const box = h("input", { type: "search", id: "hoc-goods-box", autocomplete: "off", enterkeyhint: "search", "aria-describedby": "hoc-goods-hint", oninput: look });
  const form = h("form", { class: "hoc-search", role: "search", onsubmit: (event) => event.preventDefault() },
    h("label", { for: "hoc-goods-box" }, app.say("goods_label")), box,
    h("p", { class: "hoc-note", id: "hoc-goods-hint" }, app.say("goods_hint")));

  function look() {
    const asked = box.value.trim() !== "";
    const { found, unknown, several, near, abroad } = asked ? lookUp(goods, box.value, empty) : { found: [], unknown: [] };
    const asks = several || abroad || unknown.length > 0;
    list.replaceChildren(...found.slice(0, MOST).map((good) => line(app, page, good, asks ? { unknown } : null)));
    form.classList.toggle("hoc-asked", asked);
    told.className = near && found.length ? "hoc-alarm" : "hoc-note";
    told.textContent = [sentence(asked, found, near), abroad ? app.say("goods_abroad") : ""].filter(Boolean).join(" ");
  }

  function sentence(asked, found, near) {
    if (!asked) return app.say("goods_count", { count: goods.length });
    if (near) return app.say(found.length ? "goods_near" : "goods_none");
    return app.say(found.length > MOST ? "goods_more" : "goods_found", { count: found.length, most: MOST });
  }

  return [
    h("h1", { tabindex: "-1" }, page.title),
    form, told, list,
    h("p", { class: "hoc-note" }, app.say("goods_basis")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}

// ``mixed``: other things were said too, or words that the table does not have ({unknown}). Then what is accepted is so only
// by itself, and the customer is asked for the rest first.
function line(app, page, good, mixed) {
  const { answer, confidence, differs } = page.labels;
  const asks = mixed && good.answer === "accept";
  const [shown, label] = asks ? ["ask", app.say("goods_accept_if")] : [good.answer, app.say(ANSWERS[good.answer])];
  const lacking = asks && mixed.unknown.length ? app.say("goods_unknown", { words: mixed.unknown.map((word) => `“${word}”`).join(", ") }) : "";
  const atOnce = CALLS.test(good.note);
  const sure = h("dd", {}, `${good.confidence}: ${confidence[good.confidence]}`);
  const laws = good.provisions.map((ref) => h("li", {}, h("a", { href: `#${ref}` }, page.law[ref].cite)));
  const facts = [
    ["goods_why", good.why], ["goods_class", good.hazard_class], ["goods_note", atOnce ? "" : good.note],
    ["goods_source", good.source], ["goods_differs", differs[good.differs]],
  ].filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, app.say(name)), h("dd", {}, value)]);
  return h("li", { class: `hoc-good-${shown}` }, h("details", {},
    h("summary", { title: answer[good.answer] },
      h("strong", {}, good.name),
      h("span", { class: "hoc-answer" }, h("span", { "aria-hidden": "true" }, `${SIGNS[shown]} `), label),
      h("span", { class: "hoc-opens" }, app.say("goods_why"), h("span", { "aria-hidden": "true" }, " ▾")),
      lacking ? h("span", { class: "hoc-say hoc-at-once" }, lacking) : null,
      asks ? h("span", { class: "hoc-say" }, `“${app.say("goods_what_else")}” `, app.say("goods_only_this")) : null,
      h("span", { class: "hoc-say" }, `“${good.say}”`),
      atOnce ? h("span", { class: "hoc-say hoc-at-once" }, good.note) : null),
    h("dl", {}, ...facts, h("dt", {}, app.say("goods_confidence")), sure,
      ...(laws.length ? [h("dt", {}, app.say("goods_law")), h("dd", {}, h("ul", {}, ...laws))] : []))));
}
