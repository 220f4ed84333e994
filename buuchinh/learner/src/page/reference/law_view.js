// The register of law on a day of one's choice; officers compare two days.
import { button, h, unbroken } from "../../question/dom.js";
import { fold } from "../../question/text.js";
import { changedBetween, forceOn, registerOf, textOn } from "../../logic/law_on_day.js";

const MOST_MATCHES = 40;

// Returns the view. query: the document or provision to look up at once.
export function lawView(host, page, [query = ""] = []) {
  const documents = registerOf(page).map(findable);
  const day = dayBox("hoc-law-day", today());
  const words = h("input", { type: "search", id: "hoc-law-words", autocomplete: "off", oninput: draw });
  const status = h("p", { class: "hoc-note", role: "status" });
  const list = h("div", { class: "hoc-register" });
  day.addEventListener("change", draw);
  words.value = decodeURIComponent(query);

  function draw() {
    if (!day.value) return;
    const terms = fold(words.value).split(" ").filter(Boolean);
    const matches = terms.length ? matching(documents, terms) : documents.map((document) => ({ document, provisions: document.provisions }));
    const count = matches.reduce((sum, { provisions }) => sum + provisions.length, 0);
    status.replaceChildren(...unbroken(host.say(terms.length && !matches.length ? "law_nothing" : "law_found", { documents: matches.length, provisions: count, on: formatDay(day.value) })));
    list.replaceChildren(...matches.map((match) => documentOf(host, page, match, day.value, terms.length > 0 && count <= MOST_MATCHES)));
  }

  draw();
  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, page.title),
      h("p", {}, host.say("law_help")),
      h("form", { class: "hoc-form hoc-two", onsubmit: (event) => event.preventDefault() },
        h("div", { class: "hoc-field" }, h("label", { for: day.id }, host.say("law_day")), day),
        h("div", { class: "hoc-field" }, h("label", { for: words.id }, host.say("law_words")), words)),
      status, list,
      comparing(host, page, documents)),
  ];
}

function findable(document) {
  const provisions = document.provisions.map((provision) => ({ ...provision, said: fold([provision.ref, provision.cite, ...provision.periods.flatMap(({ heading, words }) => [heading, words])].join(" ")) }));
  return { ...document, provisions, said: fold([document.id, document.cite, document.title].join(" ")) };
}

function matching(documents, terms) {
  const has = (text) => terms.every((word) => text.includes(word));
  return documents
    .map((document) => {
      const provisions = document.provisions.filter(({ said: text }) => has(`${document.said} ${text}`));
      return { document, provisions };
    })
    .filter(({ document, provisions }) => provisions.length || has(document.said));
}

function documentOf(host, page, { document, provisions }, day, open) {
  const force = forceOn(document.status, document.periods, day, true);
  const note = [document.note, document.then.length ? host.say("law_then", { names: document.then.join(", ") }) : ""].filter(Boolean).join(" ");
  const body = h("div", {});
  const details = h("details", { class: "hoc-fold", open }, h("summary", {}, document.cite, " ", forceOf(page, force, document.norm, host)), body);
  const fill = () => body.childNodes.length || body.append(
    h("p", {}, document.title), note ? h("p", { class: "hoc-note" }, note) : "",
    ...provisions.map((provision) => provisionOf(page, document, provision, day)));
  details.addEventListener("toggle", fill);
  if (open) fill();
  return details;
}

function provisionOf(page, document, { cite, periods }, day) {
  const text = textOn(periods, day);
  const force = forceOn(document.status, periods, day, false);
  return h("section", { class: "hoc-provision" },
    h("p", {}, h("strong", {}, cite), " ", forceOf(page, force, true)),
    h("p", {}, text.heading, text.words ? ". " : "", text.words),
    ...[text.amount, text.state].filter(Boolean).map((line) => h("p", {}, line)),
    h("p", { class: "hoc-note" }, `${text.dates}. ${page.confidence[text.confidence]}`));
}

// Says the force in words, never by colour alone; a paper that is no norm has no force.
function forceOf(page, force, norm, host) {
  return h("span", { class: `hoc-force hoc-force-${force}` }, norm ? page.force[force] : host.say("law_no_norm"));
}

function comparing(host, page, documents) {
  const [first, second] = [dayBox("hoc-law-one", host.course.on), dayBox("hoc-law-other", today())];
  const status = h("p", { class: "hoc-note", role: "status" });
  const list = h("ul", {});
  function compare() {
    if (!first.value || !second.value) return;
    const changed = changedBetween(documents, first.value, second.value);
    status.textContent = host.say("law_changed", { count: changed.length, one: formatDay(first.value), other: formatDay(second.value) });
    list.replaceChildren(...changed.map(({ provision, before, after }) => h("li", {}, h("strong", {}, provision.cite), ": ",
      before.force === after.force ? host.say("law_new_text") : `${page.force[before.force]} → ${page.force[after.force]}`)));
  }
  return h("details", { class: "hoc-fold" }, h("summary", {}, host.say("law_compare")),
    h("form", { class: "hoc-form hoc-two", onsubmit: (event) => event.preventDefault() },
      h("div", { class: "hoc-field" }, h("label", { for: first.id }, host.say("law_one")), first),
      h("div", { class: "hoc-field" }, h("label", { for: second.id }, host.say("law_other")), second)),
    button(host.say("law_do_compare"), compare, "hoc-button"), status, list);
}

function dayBox(id, value) {
  const box = h("input", { type: "date", id, min: "1990-01-01", max: "2100-12-31" });
  box.value = value;
  return box;
}

export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

export function formatDay(day) {
  return day.split("-").reverse().join("-");
}
