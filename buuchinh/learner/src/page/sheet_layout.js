// An exercise or an exam, one question a screen: the map of the sheet beside it, the way on below. It shows a verdict only by
// solutions that were opened.
import { button, h } from "../question/dom.js";
import { hourOf, isoNow } from "../logic/answer_entries.js";
import { numbered, questionsOf } from "../logic/variants.js";
import { answerMap, idsOnHost, mapLegend, wholeOf } from "../screens/answer_map.js";
import { codeForm } from "../screens/code_form.js";
import { solutionsBox } from "../screens/solutions_box.js";
import { marksOf } from "../work/solution_marks.js";
import { standingOf } from "../work/standing.js";
import { openWork } from "../work/work.js";
import { isOfLab, labFirst } from "./of_lab.js";
import { addressOfStop, sheetStops, stopAt } from "./sheet_stops.js";
import { stepHead } from "./step_head.js";
import { drawPart, onPaper } from "./unit_parts.js";

const CALM = 600; // milliseconds: the second press of a double click goes no further

export async function sheetView(host, page, screenNumber, question = "") {
  const work = await openWork(host, page);
  const questions = questionsOf(page, host.person, work.entries());
  if (!questions) return codeFirst(host, page);
  host.work = work;
  const marks = await marksOf(host, page, work, questions);
  const tries = await triesOf(host, page);
  const numbers = numbered(page);
  const here = idsOnHost(host, page, questions);
  const stops = sheetStops(page, (id) => here.includes(id));
  const stop = stopAt(page, stops, screenNumber, question);
  const draw = (other) => other.parts.flatMap((part) => drawPart(host, page, part, { work, questions, numbers, extra: other.extra, tries, marks }));
  const screen = h("article", { class: "hoc-sheet", lang: "vi", id: stop.id ? `hoc-${stop.id}` : null }, ...drawStop(host, page, stop, { draw, numbers, questions }));
  if (stop.id) screen.querySelector(".hoc-question")?.removeAttribute("id"); // an address leads to the top of its screen
  host.journal.write("last", { unit: page.id, at: stop.screen, end: false, ...(stop.id ? { question: stop.id } : {}) }).catch(() => {});

  const print = () => onPaper(host, screen, h("h1", {}, page.title), h("p", { class: "hoc-paper-of" }, host.say(host.person ? "paper_of" : "paper_of_guest", { code: host.person, at: hourOf(isoNow()) })), ...page.screens.flatMap(draw));
  const map = h("nav", { class: "hoc-sheet-map", "aria-label": host.say("hand_in_map"), onclick: (event) => event.target.closest("a") && map.closest("dialog")?.close() },
    h("h2", {}, host.say("hand_in_map")),
    answerMap(host, page, work, { numbers, questions, current: stop.id, marks }),
    mapLegend(host, page, questions, marks),
    ...ofLab(host, page, stops, stop),
    h("p", {}, h("a", { href: `#/${page.address}/${page.screens.length}`, "aria-current": stop.kind === "end" ? "step" : null }, host.say("hand_in"))));
  const side = h("div", { class: "hoc-side" }, map, button(host.say("print_all"), print, "hoc-quiet"), page.kind === "exercise" && !marks && stop.kind !== "end" ? solutionsBox(host) : null); // the hand-in has a box of its own
  const head = stepHead(host, { title: page.title, open: () => openMap(host, map, side) });
  const count = () => {
    const done = wholeOf(work, questions, here);
    const summary = host.say("done_of", { done, total: here.length });
    head.set({ segments: [], told: summary, place: summary, short: `${done}/${here.length}` });
  };
  head.element.classList.add("hoc-of-sheet");
  work.watch(count);
  count();
  const last = stop === stops[stops.length - 1];
  return [
    head.element,
    ...(stop === stops[0] || last ? await otherVersions(host, page) : []),
    h("div", { class: "hoc-graded" }, side, screen),
    wayOn(host, page, stops, stop, screen),
  ];
}

// Draws a stop. The heading of a question is its number, displayed beside it: screen readers get it with the title of the
// sheet.
function drawStop(host, page, stop, { draw, numbers, questions }) {
  const parts = draw(stop);
  const title = stop.id ? `${host.say("number", { number: numbers.get(stop.id) })} · ${page.title}` : stop.kind === "read" && stop.screen === 1 ? page.title : `${page.title} · ${stop.title}`;
  const heading = h("h1", { tabindex: "-1", class: stop.screen === 1 ? null : "hoc-unseen" }, title);
  return [heading, ...(stop.screen === 1 ? notesOf(host, page, questions) : []), ...(stop.screen === 1 && isOfLab(page) ? labFirst(host, page, { numbers, questions }, parts) : parts)];
}

// Explains, at the head of a sheet, the words that it uses: an exercise does not say what its critical questions decide (an exam
// does), and the number in an exam's name is not that of one's tries.
function notesOf(host, page, questions) {
  const critical = page.kind === "exercise" && Object.values(questions).some((question) => question.critical);
  const [, number] = /, lần (\d+)$/u.exec(page.title) ?? [];
  const notes = [critical ? host.say("sheet_critical") : null, page.kind === "exam" && number ? host.say("sheet_number", { number }) : null];
  return notes.filter(Boolean).map((note) => h("p", { class: "hoc-note" }, note));
}

// Returns the practice that the sheet offers, {page, work, questions}: it has keys of its own, and is no part of the sheet's
// work.
async function triesOf(host, page) {
  const [name] = page.screens.flatMap(({ parts }) => parts.flatMap((part) => part.try ?? []));
  if (!name) return null;
  const tried = await host.loaded(name.split("-")[0]);
  const work = await openWork(host, tried);
  return { page: tried, work, questions: questionsOf(tried, host.person, work.entries()) };
}

// Lists the questions for JupyterLab, to be read here.
function ofLab(host, page, stops, current) {
  const labStops = stops.filter(({ kind }) => kind === "lab");
  if (!labStops.length) return [];
  return [h("h3", {}, host.say("place_lab")), h("ul", { class: "hoc-of-lab" }, ...labStops.map((stop) => h("li", {}, h("a", { href: addressOfStop(page, stop), "aria-current": stop === current ? "step" : null }, stop.title))))];
}

// Opens the map, which on a telephone is a sheet of its own.
function openMap(host, map, side) {
  const dialog = h("dialog", { class: "hoc-law hoc-map-sheet", "aria-label": host.say("hand_in_map"), onclose: () => {
    side.prepend(map);
    dialog.remove();
  } }, map, button(host.course.words.law.close, () => dialog.close(), "hoc-quiet hoc-choice"));
  document.body.append(dialog);
  dialog.showModal();
}

// Returns a box with this person's work in other versions of the sheet, from the second script, if there is any.
async function otherVersions(host, page) {
  const { version, done, others } = await standingOf(host, page.id);
  const begun = [...others, ...(done ? [{ version, done }] : [])].filter((entry) => entry.version !== page.version);
  if (!begun.length && page.version === host.course.units[page.id].version) return [];
  return [(await host.more()).versionsBox(host, page, begun)];
}

// Asks for the code first: it decides which form is asked, and nothing of an exam is shown before it.
function codeFirst(host, page) {
  return [
    h("article", { class: "hoc-sheet" }, h("h1", { tabindex: "-1" }, page.title), h("p", {}, host.say("needs_code")), codeForm(host, () => host.open())),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}

// Returns the bar below: the saving status, the way back, the one blue button. At the hand-in that button is on the screen
// itself.
function wayOn(host, page, stops, stop, screen) {
  const way = stops.filter((other) => other.kind !== "lab" || other === stop);
  const now = way.indexOf(stop);
  const [before, next] = [way[now - 1], way[now + 1]];
  let since = Date.now();
  const back = before ? h("a", { class: "hoc-quiet", href: addressOfStop(page, before) }, host.say(before.id ? "question_before" : "previous")) : h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"));
  const press = (event) => {
    const calm = Date.now() - since < CALM;
    if (!calm && !holdPage(host, stop)) return;
    if (!calm) since = Date.now();
    event.preventDefault();
  };
  const on = next
    ? h("a", { class: "hoc-button", href: addressOfStop(page, next), onclick: press, onkeydown: (event) => event.repeat && event.preventDefault() }, host.say(next.kind === "end" ? "sheet_to_end" : stop.id || stop.kind === "try" ? "question_next" : "sheet_begin"))
    : h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"));
  const act = stop.kind === "try" ? answerHere(screen, next ? on : null) : null;
  const keys = (event) => onKey(event, { back: before && back, on: next && on });
  document.addEventListener("keydown", keys);
  host.closing.add(Promise.resolve(() => document.removeEventListener("keydown", keys)));
  return h("div", { class: "hoc-bar hoc-sheet-bar" }, savedLine(screen), back, on, act);
}

// Returns the button that answers the question to practise with, in the bar, which would lie over the question's own; null if the
// screen has several. The way on is blue when there is nothing to press first.
function answerHere(screen, on) {
  const questions = screen.querySelectorAll(".bc-question");
  if (questions.length !== 1) return null;
  let pressed = () => {};
  const act = button("", () => pressed(), "hoc-button hoc-act", { hidden: true, onkeydown: (event) => event.repeat && event.preventDefault() });
  questions[0].parentElement.classList.add("hoc-acts-below");
  screen.addEventListener("buuchinh:state", ({ detail }) => {
    const had = act === document.activeElement;
    pressed = detail.act;
    act.textContent = detail.label ?? "";
    act.hidden = detail.label === null;
    if (had && act.hidden) questions[0].querySelector(".bc-feedback").focus();
    if (on) on.className = act.hidden ? "hoc-button" : "hoc-quiet"; // one blue button
  });
  return act;
}

// Copies the question's saving status into the bar; the question's own line is the one for screen readers.
function savedLine(screen) {
  const line = h("span", { class: "hoc-kept", "aria-hidden": "true" });
  const own = screen.querySelector(".bc-saved");
  if (!own) return line;
  const copy = () => {
    line.textContent = own.textContent;
    line.classList.toggle("hoc-not-kept", own.classList.contains("bc-alarm"));
  };
  new MutationObserver(copy).observe(own, { childList: true, characterData: true, subtree: true, attributes: true });
  copy();
  return line;
}

// Handles keys: Enter goes on, the arrows lead to and fro; never out of a field in which they mean something.
function onKey(event, { back, on }) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.target.closest("a, button, select, textarea, summary, [tabindex='0'], input:not([type=radio]):not([type=checkbox])")) return;
  if (event.key === "Enter") on?.click();
  else if (event.target.closest("input")) return;
  else if (event.key === "ArrowRight") on?.click();
  else if (event.key === "ArrowLeft") back?.click();
}

// Points once, before one goes on, at a choice of a scenario that is ticked and not decided; practice gets its feedback first, and
// one that is left as it is the advice for next time.
function holdPage(host, stop) {
  const handles = [...host.shown.values()];
  if (!handles.filter((handle) => handle.hold()).length) return stop.kind === "try" && adviseFirst(host, handles);
  if (stop.kind === "try") {
    host.announce(`${host.say("held")} ${host.say("held_again")}`);
    showFeedback();
    return true;
  }
  host.announce(host.say("held_sheet"));
  document.querySelector(".hoc-graded .bc-act")?.scrollIntoView({ block: "center" }); // the message lies over the foot of the page
  document.querySelector(".hoc-graded").addEventListener("click", () => host.announce(""), { once: true });
  return true;
}

// Shows the advice of practice that is put off. Returns true if there is any to read first.
function adviseFirst(host, handles) {
  if (!handles.filter((handle) => handle.putOff()).length) return false;
  host.announce(host.say("held_again"));
  showFeedback();
  return true;
}

function showFeedback() {
  document.querySelector(".hoc-graded .bc-feedback:not(:empty)")?.scrollIntoView({ block: "nearest" });
}
