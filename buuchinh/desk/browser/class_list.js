// The page of the class list: who is in the class, a list that is read anew with its questions, and what belongs to the class.
import { button, done } from "./acting.js";
import { showHead } from "./desk_head.js";
import { at, embeddedData, filled, h, plain, words } from "./dom.js";
import { showFoot } from "./foot_line.js";
import { openPersonSheet } from "./list_person.js";
import { openOtherClasses, openRestore, showSide } from "./list_side.js";
import { showOutcome } from "./list_outcome.js";
import { showQuestions } from "./list_questions.js";
import { poll } from "./polling.js";
import { fileAddress } from "./server.js";
import { TakeIn } from "./take_in.js";

let data = /** @type {ListPayload} */ (embeddedData("data"));
let search = "", drawnRows = "", stopped = "", projected = false;
const searched = h("input", { type: "search", placeholder: words.search, "aria-label": words.search, on: { input: () => find(searched.value) } });
const BASE = `${document.body.dataset.desk}/danh-sach`;

const list = new TakeIn("danh-sach");
list.files.multiple = false;
list.files.accept = ".csv,.xlsx,.xlsm";
list.files.id = "list-file";
list.rest = () => list.place.replaceChildren(h("b", null, words.drop_list), button(data.rows.length ? words.read_again : words.read_list, () => list.files.click()), h("a", { href: `${BASE}/mau-danh-sach.xlsx`, download: true }, words.blank_list), list.files);
list.rest();
let requested = false;
list.ended = (answer) => {
  requested = Boolean(answer.asks);
  showOutcome(answer);
};
for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => list.over(/** @type {DragEvent} */ (event)));
document.addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("dragged"));
document.addEventListener("drop", (event) => list.dropped(event));

const title = h("p", { class: "soft" });
const searchStatus = h("p", { class: "unseen", role: "status" });
const slips = h("a", { class: "btn small grey", href: `${BASE}/giay-ma` }, words.print_slips);
const file = h("a", { class: "btn small grey", download: true }, words.slips_file);
const body = h("tbody", { on: { keydown: move, focusin: (event) => stopAt(event.target.dataset.code) } });
const columns = [words.code, words.name, words.office, words.role, words.own, words.work];
const head = h("tr", null, columns.map((text) => h("th", { scope: "col" }, text)));
at("people").append(
  h("div", { class: "top-line" }, h("div", null, h("h1", null, words.list_title), title, h("span", { class: "soft keys" }, h("kbd", null, "↑↓"), ` ${words.keys_arrows}`)),
    h("div", { class: "row" }, searched, slips, file)),
  searchStatus,
  h("div", { id: "questions" }),
  h("div", { class: "card plain", tabindex: "0", role: "region", "aria-label": words.list_title }, h("table", null, h("thead", null, head), body)),
  list.place);

function show() {
  showHead(data.head);
  showFoot(data.foot);
  showQuestions(at("questions"), data.waiting);
  list.place.hidden = Boolean(data.waiting);
  if (requested && data.waiting) {
    requested = false;
    at("questions").querySelector("button").focus();
  }
  showSide(at("side"), data);
  title.textContent = data.list.read || words.list_none;
  file.hidden = !data.list.to_hand_out;
  file.href = `${fileAddress(data.list.to_hand_out)}?download=1`;
  slips.hidden = !data.rows.length;
  if (data.head.projecting && !projected) search = searched.value = searchStatus.textContent = ""; // a name may have been typed
  projected = data.head.projecting;
  draw();
}

/** Return the people whose code, name or office holds what is searched. */
function visible() {
  const phrase = plain(search);
  return data.rows.filter((row) => !phrase || plain(`${row.code} ${row.name} ${row.office}`).includes(phrase));
}

function draw() {
  const rows = visible();
  const content = JSON.stringify([rows, data.head.projecting]);
  if (content === drawnRows) return;
  drawnRows = content;
  const focused = /** @type {HTMLElement} */ (document.activeElement)?.dataset?.code;
  body.replaceChildren(...rows.map((row) => h("tr", { class: row.left ? "left" : false },
    h("th", { scope: "row" }, row.code),
    h("td", null, data.head.projecting ? h("span", { class: "soft" }, words.hidden) : row.name),
    h("td", null, row.office), h("td", null, row.role), h("td", null, row.left || row.own),
    h("td", null, row.left
      ? button(words.come_back, () => done("tro-lai", { code: row.code }), "small grey", { "aria-label": `${words.come_back}: ${row.code}`, "data-code": row.code })
      : button(words.work, () => openPersonSheet(row.code), "small grey", { "aria-label": filled(words.work_of, row), "data-code": row.code })))));
  if (!rows.length) body.append(h("tr", null, h("td", { class: "none-shown soft", colspan: String(columns.length) }, data.rows.length ? words.nobody_shown : words.list_first)));
  if (focused) /** @type {HTMLElement | null} */ (body.querySelector(`[data-code="${CSS.escape(focused)}"]`))?.focus();
  stopAt(focused);
}

/** Make the button of one person the table's only stop of the Tab key. @param {string} [code] */
function stopAt(code) {
  const all = people();
  const stop = all.find((row) => row.dataset.code === code) ?? all.find((row) => row.dataset.code === stopped) ?? all[0];
  stopped = stop?.dataset.code ?? "";
  for (const row of all) row.tabIndex = row === stop ? 0 : -1;
}

/** @param {KeyboardEvent} event */
function move(event) {
  const all = people(), from = all.indexOf(/** @type {HTMLElement} */ (event.target));
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1 }[event.key];
  if (from < 0 || to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
}

/** @returns {HTMLElement[]} */
const people = () => [...body.querySelectorAll("[data-code]")];

/** @param {string} text */
function find(text) {
  search = text;
  draw();
  searchStatus.textContent = filled(words.person_visible, { visible: visible().length, count: data.rows.length });
}

poll("danh-sach", (fresh) => {
  data = fresh;
  show();
});
show();
if (location.hash === "#khoi-phuc") openRestore(data);
if (location.hash === "#lop-khac") openOtherClasses(data);
