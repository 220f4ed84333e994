// The instructions in danger, on one screen and one sheet of A4: the wall card with the office's own numbers; stickers for
// telephones.
import { button, h } from "../../question/dom.js";
import { call, onDesktop } from "../../screens/call.js";
import { officeLines, officeList, officeOf } from "./office.js";
import { EMERGENCY, OFFICE, STICKERS } from "../../routes.js";

let cameFrom = null; // the address of the page from which the card was opened

const ESSENTIAL = ["head", "police"]; // the page says that these numbers are missing if it has none at all

export async function emergencyView(host, page) {
  const { words, acts } = page;
  const office = await officeOf(host);
  const laws = Object.entries(page.law).map(([ref, provision]) => h("li", {}, h("a", { href: `#${ref}` }, provision.cite)));
  const [first, second] = page.first;
  useRedHead(host);
  const back = wayBack();
  return [
    h("article", { class: "hoc-sheet hoc-emergency" },
      h("div", { class: "hoc-urgent-head" },
        h("a", { class: "hoc-no-print", href: back ?? "#/", "aria-label": host.say(back ? "previous" : "to_home") }, icon("M15 5l-7 7 7 7")),
        h("h1", { tabindex: "-1" }, page.title),
        worksOffline() ? h("span", { class: "hoc-no-print" }, host.say("offline_too")) : null),
      h("p", { class: "hoc-first hoc-no-print" }, first),
      h("ul", { class: "hoc-calls hoc-no-print" }, ...page.numbers.map((number) => tile(host, number))),
      h("ul", { class: "hoc-apart hoc-no-print" }, ...[second, ...page.both].map(sentenceWithLead)),
      h("section", { class: "hoc-tell" },
        h("h2", { class: "hoc-no-print" }, host.say("tell_title")),
        ...acts.tell.map((act) => h("p", {}, act.text))),
      officeSection(host, page, office),
      h("section", { class: "hoc-do" },
        h("h2", { class: "hoc-no-print" }, words.steps_label),
        h("p", { class: "hoc-signs" }, page.signs.join(" · ")),
        h("ol", { "aria-label": words.steps_label }, ...acts.step.map(actLine))),
      h("section", { class: "hoc-which" },
        h("h2", {}, words.numbers_label),
        h("ul", { class: "hoc-numbers" }, ...page.numbers.map(numberLine))),
      h("section", { class: "hoc-other" },
        h("h2", {}, words.cases_label),
        h("ul", { class: "hoc-cases" }, ...acts.case.map(actLine))),
      h("div", { class: "hoc-plain" }, ...acts.plain.map((act) => h("p", {}, act.text))),
      h("details", { class: "hoc-fold hoc-no-print" }, h("summary", {}, host.say("basis")), h("p", {}, page.basis), h("ul", {}, ...laws), ...page.doubts.map((doubt) => h("p", {}, doubt))),
      h("p", { class: "hoc-note hoc-when" }, words.confirm, " ", host.say("reviewed", { on: host.course.reviewed, version: host.course.version })),
      h("p", { class: "hoc-no-print" }, button(host.say("print_card"), () => print(), "hoc-button"))),
  ];
}

// Returns the address of the page where one was before, null if there was none or it was the first page.
function wayBack() {
  const [, of] = (document.getElementById("hoc-main")?.getAttribute("data-route") ?? "").split("/");
  if (![EMERGENCY, OFFICE, STICKERS].includes(of)) cameFrom = of ? document.getElementById("hoc-main").getAttribute("data-route") : null;
  return cameFrom;
}

// Gives the page, on a telephone, a red head of its own in place of the course's.
function useRedHead(host) {
  document.body.classList.add("hoc-urgent");
  host.closing.add(Promise.resolve(() => document.body.classList.remove("hoc-urgent")));
}

function worksOffline() {
  return location.protocol === "file:" || Boolean(navigator.serviceWorker?.controller);
}

// Returns a link that calls, large enough for a thumb that shakes, in the first screen of a telephone; no link on a desktop
// computer.
function tile(host, { number, short, answers }) {
  const content = () => [h("strong", {}, number), " ", h("span", {}, short, h("small", {}, answers), onDesktop() ? h("small", {}, host.say("on_the_phone")) : null)];
  return h("li", {}, call(number, {}, [...content(), icon("M5 4h4l2 5-2.5 1.8a12 12 0 0 0 4.7 4.7L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2z")], h("p", {}, ...content())));
}

// Returns a sentence with the words before its colon in bold: "Trừ hai lúc: …".
function sentenceWithLead(sentence) {
  const [, head, body] = /^([^:]*:)(.*)$/su.exec(sentence) ?? [null, sentence, ""];
  return h("li", {}, h("strong", {}, head), body);
}

function officeSection(host, page, office) {
  const heading = h("h2", {}, page.words.ours);
  const sticker = h("a", { href: `#/${STICKERS}` }, host.say("office_sticker"));
  if (!(OFFICE in host.course.later)) return h("section", { class: "hoc-our" }, heading, h("p", {}, host.say("lms_our_numbers")), h("p", { class: "hoc-no-print hoc-row" }, sticker));
  const filled = Object.keys(office.values).length > 0;
  const lacking = ESSENTIAL.map((item) => h("li", {}, h("a", { href: `#/${OFFICE}` }, office.page.words.card[item], h("strong", {}, host.say("office_no_number")))));
  return h("section", { class: "hoc-our" },
    heading,
    ...(filled ? [officeList(officeLines(office.page, office.values, page.items))] : [h("ul", { class: "hoc-lacking hoc-no-print" }, ...lacking), h("p", { class: "hoc-note" }, page.words.ask)]),
    h("p", { class: "hoc-no-print hoc-row" },
      h("a", { href: `#/${OFFICE}` }, host.say(filled ? "office_change" : "office_fill")),
      sticker));
}

function icon(d) {
  const [svg, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

function actLine({ head, text }) {
  return h("li", {}, h("strong", {}, head), " ", text);
}

function numberLine({ number, call_for, answers, beside }) {
  return h("li", {}, h("strong", {}, number), h("span", {}, h("strong", {}, raised(call_for)), beside ? h("span", {}, raised(beside)) : null, h("small", {}, answers)));
}

function raised(text) {
  return text[0].toUpperCase() + text.slice(1);
}

export async function stickerView(host, page) {
  const { sticker } = page;
  const office = await officeOf(host);
  const filled = Object.keys(office.values).length > 0;
  const lines = officeLines(office.page, office.values, page.sticker_items);
  const stickerCopy = (n) => h("div", { class: "hoc-sticker", "aria-hidden": n ? "true" : null },
    h("p", { class: "hoc-signs" }, sticker.lead),
    h("table", {}, h("tbody", {}, ...page.numbers.map(({ number, short, beside }) => h("tr", {}, h("th", { scope: "row" }, number), h("td", {}, beside ? `${short}. ${raised(beside)}` : short))))),
    ...page.acts.tell.map((act) => h("p", {}, act.text)),
    ...(filled ? lines.map(({ label, text, phone }) => h("p", {}, `${label}: ${text}${text && phone ? ": " : ""}`, h("strong", {}, phone))) : [h("p", {}, sticker.ask)]));
  return [
    h("h1", { tabindex: "-1", class: "hoc-no-print" }, sticker.title),
    h("p", { class: "hoc-no-print" }, sticker.print, " ", page.words.confirm),
    h("div", { class: "hoc-stickers" }, ...Array.from({ length: page.copies }, (_, n) => stickerCopy(n))),
    h("p", { class: "hoc-note hoc-no-print" }, host.say("reviewed", { on: host.course.reviewed, version: host.course.version })),
    h("div", { class: "hoc-bar" },
      h("a", { class: "hoc-quiet", href: `#/${EMERGENCY}` }, page.title),
      button(host.say("print_sticker"), () => print(), "hoc-button")),
  ];
}
