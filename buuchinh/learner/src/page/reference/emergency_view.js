// What to do in danger, on one screen and one sheet of A4: the wall card with the office's own numbers; stickers for telephones.
import { button, h } from "../../question/dom.js";
import { officeLines, officeList, officeOf } from "./office.js";

export async function emergencyView(host, page) {
  const { words } = page;
  const office = await officeOf(host);
  const filled = Object.keys(office.values).length > 0;
  const { acts } = page;
  const laws = Object.entries(page.law).map(([ref, one]) => h("li", {}, h("a", { href: `#${ref}` }, one.cite)));
  return [
    h("article", { class: "hoc-sheet hoc-emergency" },
      h("h1", { tabindex: "-1" }, page.title),
      h("p", { class: "hoc-no-print" }, ...page.first.map((one, n) => (n ? ` ${one}` : h("strong", {}, one)))),
      h("ul", { class: "hoc-calls hoc-no-print" }, ...page.numbers.map(callButton)),
      h("p", { class: "hoc-signs" }, page.signs.join(" · ").toUpperCase()),
      h("ol", { "aria-label": words.steps_label }, ...acts.step.map(actLine)),
      h("h2", {}, words.numbers_label),
      h("ul", { class: "hoc-numbers" }, ...page.numbers.map(numberLine)),
      ...acts.tell.map((act) => h("p", {}, act.text)),
      h("h2", {}, words.cases_label),
      h("ul", { class: "hoc-cases" }, ...acts.case.map(actLine)),
      h("h2", {}, words.ours),
      filled ? officeList(officeLines(office.page, office.values, page.items)) : h("p", {}, words.ask),
      h("p", { class: "hoc-no-print hoc-row" },
        h("a", { href: "#/don-vi" }, host.say(filled ? "office_change" : "office_fill")),
        h("a", { href: "#/nhan-dien-thoai" }, host.say("office_sticker"))),
      h("div", { class: "hoc-plain" }, ...acts.plain.map((act) => h("p", {}, act.text))),
      h("p", { class: "hoc-no-print" }, button(host.say("print_card"), () => print(), "hoc-button")),
      h("details", { class: "hoc-fold hoc-no-print" }, h("summary", {}, host.say("basis")), h("p", {}, page.basis), h("ul", {}, ...laws), ...page.doubts.map((one) => h("p", {}, one))),
      h("p", { class: "hoc-note" }, words.confirm, " ", host.say("reviewed", { on: host.course.reviewed, version: host.course.version }))),
    h("div", { class: "hoc-bar" },
      h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}

// Large enough for a thumb that shakes, and in the first screen of a telephone.
function callButton({ number, button: what }) {
  return h("li", {}, h("a", { href: `tel:${number}` }, h("strong", {}, number), " ", what));
}

function actLine({ head, text }) {
  return h("li", {}, h("strong", {}, head), " ", text);
}

function numberLine({ number, call_for, answers, beside }) {
  return h("li", {}, h("a", { href: `tel:${number}` }, number), h("span", {}, h("strong", {}, raised(call_for)), beside ? h("span", {}, raised(beside)) : null, h("small", {}, answers)));
}

function raised(text) {
  return text[0].toUpperCase() + text.slice(1);
}

export async function stickerView(host, page) {
  const { sticker } = page;
  const office = await officeOf(host);
  const filled = Object.keys(office.values).length > 0;
  const lines = officeLines(office.page, office.values, page.sticker_items);
  const one = (n) => h("div", { class: "hoc-sticker", "aria-hidden": n ? "true" : null },
    h("p", { class: "hoc-signs" }, sticker.lead),
    h("table", {}, h("tbody", {}, ...page.numbers.map(({ number, short, beside }) => h("tr", {}, h("th", { scope: "row" }, number), h("td", {}, beside ? `${short}. ${raised(beside)}` : short))))),
    ...page.acts.tell.map((act) => h("p", {}, act.text)),
    ...(filled ? lines.map(({ label, text, phone }) => h("p", {}, `${label}: ${text}${text && phone ? ": " : ""}`, h("strong", {}, phone))) : [h("p", {}, sticker.ask)]));
  return [
    h("h1", { tabindex: "-1", class: "hoc-no-print" }, sticker.title),
    h("p", { class: "hoc-no-print" }, sticker.print, " ", page.words.confirm),
    h("div", { class: "hoc-stickers" }, ...Array.from({ length: page.copies }, (_, n) => one(n))),
    h("p", { class: "hoc-note hoc-no-print" }, host.say("reviewed", { on: host.course.reviewed, version: host.course.version })),
    h("div", { class: "hoc-bar" },
      h("a", { class: "hoc-quiet", href: "#/khan-cap" }, page.title),
      button(host.say("print_sticker"), () => print(), "hoc-button")),
  ];
}
