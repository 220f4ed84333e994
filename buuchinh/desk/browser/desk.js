// The desk's page: shows the data that it came with, and asks every two seconds for what has changed.
import { button, done, opens, startNext } from "./acting.js";
import { askAnyway } from "./ask_anyway.js";
import { openCell, openPerson, openText, openUnit } from "./cell_sheet.js";
import { ClassGrid } from "./class_grid.js";
import { openDecisions } from "./decision_dialog.js";
import { at, embeddedData, filled, h, words } from "./dom.js";
import { showHead } from "./desk_head.js";
import { openPair } from "./equal_sheet.js";
import { showFoot } from "./foot_line.js";
import { showOutcome } from "./list_outcome.js";
import { showNow } from "./now_panel.js";
import { poll } from "./polling.js";
import { fileAddress } from "./server.js";
import { isOpen, openSheet } from "./sheets.js";
import { TakeIn } from "./take_in.js";

const SEEN = "buuchinh-desk-collected";
let data = /** @type {DeskPayload} */ (embeddedData("data"));
const take = new TakeIn();
/** @param {boolean} restored whether the focus is back where it was already */
const back = (restored) => restored || grid?.back();
/** @type {ClassGrid | null} */
let grid = null;

opens.cell = (cell) => openCell(cell, back);
opens.unit = ({ unit }) => openUnit(unit, back);
opens.decisions = () => openDecisions("", data.table.rows, () => {});
opens.text = ({ title, text }) => openText(title, text);
opens.question = (question) => askAnyway(question, back);
opens.regrade = async (request) => (await import("./regrade_dialog.js")).openRegrade(request, back); // seldom needed, so no page waits for it
opens.pair = ({ unit, first, second }) => openPair(unit, first, second);
opens.exam = ({ unit }) => location.assign(`${document.body.dataset.desk}/de-thi/${unit}`);
opens.mark = ({ unit, question }) => location.assign([filled(document.body.dataset.marking ?? "", { unit }), question].filter(Boolean).join("/"));

function show() {
  showHead(data.head);
  showFoot(data.foot);
  at("now").hidden = Boolean(data.empty);
  if (data.empty) return firstSteps(data.empty);
  const begun = drawnSteps && document.activeElement;
  drawnSteps = "";
  grid ??= new ClassGrid(at("class"), { cell: (unit, code) => openCell({ unit, code }, back), unit: (unit) => openUnit(unit, back), person: (code) => openPerson(data.table, code, back), keys: openKeys });
  showNow(data.now, take.place);
  grid.show(data.table);
  if (begun && !begun.isConnected) /** @type {HTMLElement} */ (at("now").querySelector(".main") ?? at("now")).focus();
  return undefined;
}

/** Open what was just taken in, once, when nothing else is open and nobody else looks on. */
function showCollected() {
  if (!data.collected || data.head.projecting || isOpen() || localStorage.getItem(SEEN) === data.collected) return;
  localStorage.setItem(SEEN, data.collected);
  openDecisions(data.collected, data.table.rows, () => at("now").querySelector(".main")?.focus());
}

let drawnSteps = "";
const listPage = `${document.body.dataset.desk}/danh-sach`;

/** @param {FirstSteps} steps */
function firstSteps(steps) {
  if (drawnSteps === JSON.stringify(steps)) return;
  const focused = (drawnSteps && document.activeElement === document.body) || at("class").contains(document.activeElement);
  drawnSteps = JSON.stringify(steps);
  const { words: text } = steps;
  grid = null;
  const list = new TakeIn("danh-sach");
  list.files.multiple = false;
  list.rest = () => list.place.replaceChildren(h("b", null, text.one_drop), button(text.one_button, () => list.files.click(), "main"), h("a", { href: `${listPage}/mau-danh-sach.xlsx`, download: true }, text.blank), list.files);
  list.ended = (answer) => (answer.asks ? location.assign(listPage) : showOutcome(answer));
  list.rest();
  list.place.addEventListener("drop", (event) => {
    event.stopPropagation();
    list.dropped(event);
  });
  const units = steps.units.map((unit) => button(unit.due ? `✓ ${unit.text}: ${unit.due}` : `${unit.text}: ${text.two_button}`, () => openUnit(unit.unit, () => {}), unit.due ? "small grey" : "small"));
  const parts = [
    [text.one, text.one_text, steps.at === 1 ? list.place : [h("p", { class: "tone-green" }, steps.done), h("div", { class: "row spaced" }, h("a", { class: "btn small", href: `${listPage}/giay-ma`, target: "_blank", rel: "noopener" }, text.slips))]],
    [text.two, text.two_text, h("div", { class: "row spaced" }, units)],
    [text.three, text.three_text, steps.at > 1 && [h("div", { class: "row spaced" }, button(text.three_button, () => done("viec", { action: "bundle" }), "small"),
      steps.bundle && h("a", { class: "btn small", href: `${fileAddress(steps.bundle)}?download=1`, download: true }, text.three_done)), steps.exams && h("p", { class: "soft exams" }, text.three_exams)]],
  ];
  at("class").replaceChildren(h("div", { class: "steps" }, h("h2", null, text.title), h("p", { class: "lead" }, text.lead),
    h("ol", null, parts.map(([title, text, part], n) => h("li", { class: "card", "aria-current": n + 1 === steps.at ? "step" : false }, h("span", { class: "ball", "aria-hidden": "true" }, n + 1), h("h3", null, title), h("p", { class: "soft" }, text), part))),
    h("p", { class: "note" }, text.note),
    h("p", { class: "row" }, steps.at > 1 && button(text.later, () => done("de-sau", { task: steps.id }), "small grey"), h("a", { class: "btn small grey", href: `${listPage}#lop-khac` }, text.other_class), h("a", { class: "btn small grey", href: `${listPage}#khoi-phuc` }, text.restore))));
  if (focused) at("class").querySelector('[aria-current] button, [aria-current] a')?.focus();
}

function openKeys() {
  const rows = [words.key_arrows, words.key_home, words.key_page, words.key_enter, words.key_escape, words.key_help];
  openSheet({ title: words.key_title, body: [h("ul", { class: "facts" }, rows.map((row) => h("li", null, row)))], first: "h2" });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "F1") {
    event.preventDefault();
    openKeys();
  }
});
poll("ban", (fresh) => {
  data = fresh;
  show();
}, (begun) => {
  showCollected();
  startNext(data.foot.job !== null, begun);
});
show();
/** @type {HTMLElement | null} */ (document.querySelector(".hero .main"))?.focus({ preventScroll: true });
