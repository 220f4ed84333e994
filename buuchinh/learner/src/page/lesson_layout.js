// A lesson, one decision a step: the progress above, the decision left, picture or feedback right, one blue button below.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";
import { coreOf, numbered, questionsOf } from "../logic/variants.js";
import { whenFinished } from "../screens/lesson_end.js";
import { segmentsOf } from "../screens/segments.js";
import { stepName } from "../screens/step_name.js";
import { nextOf, roleOf, stepsOf } from "../work/path.js";
import { lookedAt } from "../work/seen.js";
import { openWork } from "../work/work.js";
import { actionBar } from "./action_bar.js";
import { requestAnswer } from "./asked_once.js";
import { lessonContents } from "./lesson_contents.js";
import { openingCase } from "./lesson_opening.js";
import { addressOf, lessonSteps, stepAt } from "./lesson_steps.js";
import { drawPart, onPaper } from "./unit_parts.js";
import { stepHead } from "./step_head.js";
import { addWayDown } from "./way_down.js";

const WORKED = /\bca mẫu|\blàm mẫu/iu; // the title of a worked case, which is shown to its end
const TYPED_IN = "input, select, textarea, [contenteditable], dialog, [role=slider]";
const A_LEAD = 700; // characters: a longer text leaves the question below the fold
const A_SHEET = 1800; // characters of text, with the room around headings and lists: measured on lessons 1 to 5
const A_QUESTION = 1620; // the room that a question takes, in such characters
const READS_CODE = "officer"; // the role that sees the code of an explorer opened
const OPENS = " open"; // the name of the opening case among the names of questions
const PRESSED = "a[href], button, summary, [role=button]";

/** @type {{ unit: string, names: string[] } | null} */
let round = null; // the questions that are done once more, in order

export async function lessonView(host, page, screenNumber, question = "") {
  const work = await openWork(host, page);
  const role = await roleOf(host);
  const questions = questionsOf(page, host.person, work.entries());
  host.work = work;
  const { way, beside } = lessonSteps(page, page.cases?.[role?.id] ?? null);
  const step = stepAt(page, [...way, ...beside], screenNumber, question);
  const numbers = numbered(page);
  const end = step.kind === "end";
  const seen = await lookedAt(host, page, step.screen, end);
  host.journal.write("last", { unit: page.id, at: step.screen, end }).catch(() => {});
  const following = end ? await nextOf(host, stepsOf(host, role), page.id) : null;
  const view = { host, page, work, questions, numbers, way, beside, step, seen, following, role };
  whenFinished(page, work, questions);

  const contents = lessonContents(view, { go, print: () => printLesson(view, main) });
  const head = stepHead(host, { title: shortened(page.title), open: contents.open });
  const bar = actionBar();
  const opening = step.kind === "open" ? openingCase(view) : null;
  const main = drawStep(view, opening, { round: begin, extras: contents.openExtras });
  const drills = Boolean(main.querySelector(".hoc-drill")); // they handle Enter themselves
  const next = nextAim(view);
  const before = previousAim(view);
  const waited = (step.ask && !step.extra && questions[step.ask]?.id) || null; // no answer is asked for in extras
  const survey = questions[step.ask]?.type === "survey";
  const asking = requestAnswer(host, waited, survey);
  main.querySelector(".bc-sheet")?.after(asking.line);
  /** @type {any} */
  let state = null; // the state of the question on this step
  let left = false;
  let advised = false; // the question is put off, its advice for the next time is on the screen

  const isOpen = () => waited !== null && state?.state === "empty" && !work.settles(waited);

  function begin(names) {
    round = { unit: page.id, names };
    go(addressFor(view, names[0]));
  }

  // Goes to another step; a choice that is not checked yet is checked first, and its feedback seen; an empty question is
  // pointed out once. A question without a right answer is then passed by.
  async function go(address) {
    if (left) return;
    if (holdPage(host)) asking.over();
    else if (asking.holds(isOpen())) draw();
    else {
      if (survey && isOpen() && address === next.address) await work.passBy(waited).catch(() => {});
      location.hash = address;
    }
  }

  function draw() {
    head.set(placeOf(view));
    const on = { label: next.label, press: () => go(next.address) };
    const open = isOpen();
    if (state && !open && asking.told()) asking.over();
    const pass = open && { ...on, label: host.say(asking.told() ? "pass_by" : "next") };
    if (!["wrong", "partly"].includes(state?.state)) advised = false;
    if (state?.label) {
      const number = next.step?.kind === "ask" && !step.extra && numbers.get(next.step.ask);
      const skip = advised ? on : { label: number ? host.say("later_number", { number }) : host.say("later"), press: putOff };
      bar.set({ main: { label: state.label, press: state.act }, quiet: state.state === "chosen" ? null : pass || skip });
    } else {
      const quiet = pass && asking.told() ? pass : next.quiet ? { label: next.quiet.label, press: () => go(next.quiet.address) } : before && { label: host.say("previous"), press: () => (location.hash = before) };
      bar.set({ main: { ...on, quiet: hasOwnButton(view) }, quiet });
    }
  }

  // Shows first what the question advises for the next time, if it does; the button then says that it leads on.
  function putOff() {
    advised = Boolean(host.shown.get(questions[step.ask]?.id)?.putOff());
    if (advised) draw();
    else go(next.address);
  }

  // Handles keys: Enter is the blue button, arrows lead on and back; never out of a field.
  function onKeydown(event) {
    if (!main.isConnected || event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || document.querySelector("dialog[open]")) return;
    const { target } = event;
    const typed = target.closest?.(TYPED_IN);
    if (event.key === "ArrowLeft" && !typed && before) location.hash = before;
    else if (event.key === "ArrowRight" && !typed) go(next.address);
    else if (opening && /^[1-9]$/u.test(event.key)) opening.choose(Number(event.key) - 1);
    else if (event.key === "Enter" && !drills && !target.closest?.(PRESSED) && (!typed || typed.matches("[type=radio], [type=checkbox]"))) bar.press();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // or the question would react to the same press
  }

  const listens = (event) => {
    state = event.detail;
    draw();
  };
  main.addEventListener("buuchinh:state", listens);
  const feedback = main.querySelector(".hoc-feedback > .bc-feedback");
  const tell = () => main.classList.toggle("hoc-told-now", Boolean(feedback?.childElementCount)); // the feedback takes the place of the picture
  if (feedback) new MutationObserver(tell).observe(feedback, { childList: true });
  tell();
  work.watch(draw);
  addEventListener("keydown", onKeydown, true);
  host.closing.add(Promise.resolve(() => {
    left = true;
    removeEventListener("keydown", onKeydown, true);
  }));
  bar.keep(main.querySelector(".bc-saved"));
  addWayDown(host, main);
  draw();
  return [head.element, main, bar.element, contents.element];
}

// Tells whether the step itself has the button to press first: a story, pictures, a test.
function hasOwnButton({ work, questions, seen, step }) {
  if (step.kind === "open") return false;
  if (step.ask) return work.state(questions[step.ask]) !== "whole";
  return step.parts.some((part) => part.test !== undefined || (part.drill !== undefined && !seen.drilled(part.drill)));
}

const shortened = (title) => title.split(":")[0];

function addressFor({ page, way, beside }, name) {
  const step = [...way, ...beside].find((item) => item.ask === name && item.kind !== "open");
  return addressOf(page, step);
}

// Returns the aim of the blue button once nothing is left to answer here: {label, address, step}.
function nextAim(view) {
  const { host, page, way, beside, step, following } = view;
  const again = roundAt(view);
  const to = (target, label = host.say("next")) => ({ label, address: addressOf(page, target), step: target });
  if (again) return to(again);
  if (step.kind === "end") {
    const open = coreOf(page).find((name) => !view.work.settles(view.questions[name].id));
    const home = { label: host.say("rest_here"), address: "#/" };
    if (open) return { label: host.say("do_number", { number: view.numbers.get(open) }), address: addressFor(view, open), quiet: home };
    if (following) return { label: host.say("next_lesson", { title: stepName(host, following).split(/[.:]/u)[0] }), address: `#/${following}`, quiet: home };
    return { label: host.say("to_home"), address: "#/" };
  }
  const index = way.indexOf(step);
  if (index >= 0) return to(way[index + 1], WORKED.test(step.title) && !step.ask && way[index + 1].ask ? host.say("my_turn") : host.say("next"));
  const besides = beside[beside.indexOf(step) + 1];
  const home = way.find(({ screen, kind }) => screen > step.screen && kind !== "case") ?? way[way.length - 1];
  if (besides && besides.screen - step.screen <= 1) return { ...to(besides), quiet: { label: host.say("extra_leave"), address: addressOf(page, home) } };
  return to(home);
}

// Returns the next of the questions that are done once more, then the end.
function roundAt({ page, way, step }) {
  const index = round?.unit === page.id && step.ask ? round.names.indexOf(step.ask) : -1;
  if (index < 0) {
    round = null; // one has left the round
    return null;
  }
  const name = round.names[index + 1];
  return way.find((item) => item.kind !== "open" && (name ? item.ask === name : item.kind === "end"));
}

function previousAim({ page, way, beside, step }) {
  const steps = way.includes(step) ? way : beside;
  const before = steps[steps.indexOf(step) - 1];
  return before ? addressOf(page, before) : way.includes(step) ? null : addressOf(page, way[0]);
}

// Returns the segments of the main part and their words. The case that opens the lesson is the first; a person with any answer
// in the main part is past it.
function placeOf({ host, page, work, questions, numbers, way, step, seen }) {
  const segments = segmentsOf(page, work, questions, host.course.on);
  const opens = way[0].kind === "open";
  const past = seen.opened || segments.some(({ state }) => state !== "ahead");
  const allSegments = opens ? [{ name: OPENS, state: past ? "right" : "ahead" }, ...segments] : segments;
  const coming = way.slice(way.indexOf(step)).find(({ kind }) => kind === "ask"); // this step or the next with a number
  const here = step.kind === "open" ? OPENS : way.includes(step) ? coming?.ask : null;
  const total = allSegments.length;
  const done = allSegments.filter(({ state }) => state !== "ahead").length;
  const minutes = Math.max(1, Math.round(((host.course.units[page.id].minutes || total) * (total - done)) / (total || 1)));
  const values = { number: numbers.get(here), done, total, minutes };
  const counted = { ...values, total: segments.length }; // counts questions only, which have numbers
  const answered = segments.filter(({ state }) => state !== "ahead").length;
  const left = done < total && step.kind !== "end" ? ` · ${host.say("place_left", values)}` : "";
  return {
    segments: allSegments.map(({ name, state }) => (name === here ? `here ${state}` : state)),
    told: host.say("place_told", values),
    place: host.say(wordOf(step, here), here ? counted : { ...counted, done: answered }) + left,
    short: `${(step.kind !== "case" && values.number) || (step.kind === "open" ? 0 : answered)}/${segments.length}`,
  };
}

function wordOf({ kind, extra }, here) {
  if (extra) return "place_extra";
  if (kind === "open") return "place_open";
  if (kind === "case") return "place_case";
  if (!here) return "place_end";
  return kind === "ask" ? "place_number" : "place_before";
}

// Draws the step: its title, text and question left; picture, then feedback right.
function drawStep(view, opening, does) {
  const { host, step, numbers } = view;
  if (step.kind === "end") return h("article", { class: "hoc-step-shown hoc-wide-step", lang: "vi" }, ...drawParts({ ...view, does }));
  const title = headingOf(view);
  const decision = h("div", { class: "hoc-decision" },
    h("p", { class: "hoc-number" }, nameOf(host, step, numbers.get(step.ask))),
    h("h1", { tabindex: "-1" }, title),
    ...(opening ? [opening.root] : drawParts({ ...view, numbers: new Map() })));
  /** @type {HTMLElement | null} */
  const called = decision.querySelector(".bc-title");
  decision.querySelectorAll(".hoc-prose").forEach((prose) => withoutHeadings(prose, [title, called?.textContent]));
  if (called) called.hidden = called.textContent === title;
  if (WORKED.test(step.title)) asBeats(decision);
  const picture = opening?.told ?? decision.querySelector(".hoc-prose > p > .hoc-opens")?.parentElement;
  // A story and a sentence for oneself have no feedback beside them: they take the whole width.
  const feedback = opening || (step.ask && typeOf(view.questions[step.ask]).checked) ? decision.querySelector(".bc-barred .bc-feedback") : null;
  return h("article", { class: `hoc-step-shown ${picture || feedback ? "hoc-two-columns" : ""}`, lang: "vi" },
    feedback && !picture ? leadOf(decision) : null,
    picture ? h("div", { class: opening ? "hoc-world hoc-beside" : "hoc-world" }, picture) : null,
    decision,
    feedback ? h("div", { class: "bc-root bc-question bc-practice hoc-feedback" }, feedback) : null);
}

// Takes a table, or a text of some length, out of the column of its question, to stand above both columns; null for a short one.
function leadOf(decision) {
  const texts = [...decision.children].filter((element) => element.matches(".hoc-prose") && element.compareDocumentPosition(decision.querySelector(".hoc-question")) & Node.DOCUMENT_POSITION_FOLLOWING);
  const hasTable = texts.some((element) => element.querySelector("table"));
  if (!hasTable && texts.reduce((sum, element) => sum + element.textContent.length, 0) < A_LEAD) return null;
  return h("div", { class: "hoc-above" }, ...decision.querySelectorAll(":scope > :is(.hoc-number, h1)"), h("div", { class: hasTable ? null : "hoc-in-columns" }, ...texts));
}

function nameOf(host, { kind, extra, ask }, number) {
  if (kind === "open" || kind === "case") return host.say("own_case");
  if (ask) return host.say(extra ? "number_extra" : "number", { number });
  return host.say(extra ? "place_extra" : "to_read");
}

function drawParts({ host, page, work, questions, numbers, step, following, does, role }) {
  return step.parts.flatMap((part) => drawPart(host, page, part, { work, questions, numbers, extra: step.extra, following, does })).map((element) => {
    element.classList.toggle("bc-barred", element.matches(".hoc-question"));
    if (role?.id === READS_CODE) element.querySelectorAll("details.hoc-explorer").forEach((code) => code.setAttribute("open", ""));
    return element;
  });
}

// Returns a heading without its number: "17. Ai bảo mở thì mở?" is numbered for a notebook; here questions are counted.
function headingOf({ questions, step }) {
  const title = step.again || step.kind === "open" ? (questions[step.ask]?.title ?? step.title) : step.title;
  return title.replace(/^\d+\. /u, "");
}

function withoutHeadings(prose, headings) {
  for (const heading of prose.querySelectorAll(":scope > :is(h2, h3)")) if (headings.includes(heading.textContent.replace(/^\d+\. /u, "").trim())) heading.remove();
}

// Opens a worked case, and marks each moment.
function asBeats(place) {
  for (const paragraph of place.querySelectorAll(".hoc-prose > p, .hoc-prose > blockquote > p")) {
    if (paragraph.firstChild?.nodeName === "STRONG") paragraph.classList.add("hoc-beat");
  }
  place.querySelectorAll(".hoc-prose > details").forEach((details) => !details.querySelector(":scope > pre") && details.setAttribute("open", ""));
}

async function printLesson(view, main) {
  const { host, page, way, beside } = view;
  const draw = (steps) => steps.filter(({ kind }) => kind !== "open").flatMap((step) => drawParts({ ...view, step }));
  const put = (all) => onPaper(host, main, h("h1", {}, page.title), ...draw(all ? inOrder([...way, ...beside]) : way));
  if (!beside.length) return put(false);
  (await host.more()).printDialog(host, { main: pagesOf(way), all: pagesOf([...way, ...beside]), put });
}

const inOrder = (steps) => [...steps].sort((a, b) => a.screen - b.screen || a.part - b.part);

// Returns about how many sheets of A4 the steps take.
function pagesOf(steps) {
  const size = (part) => (part.html ? part.html.replace(/<[^>]+>/gu, "").length : part.ask ? A_QUESTION : 300);
  const sum = steps.flatMap(({ parts }) => parts).reduce((total, part) => total + size(part), 0);
  return Math.max(1, Math.round(sum / A_SHEET));
}

// Checks unchecked choices before one goes on. Returns true if there is a verdict, or something left to decide, to see first.
function holdPage(host) {
  const holding = [...host.shown].filter(([, handle]) => handle.hold()).map(([id]) => document.getElementById(`hoc-${id}`));
  if (!holding.length) return false;
  const [place] = holding;
  const open = holding.map((element) => element.querySelector(".bc-moment.bc-field")).filter((element) => element?.querySelector("input:checked")); // no decision is made for a person
  (document.querySelector(".hoc-feedback .bc-feedback:not(:empty)") ?? place.querySelector(".bc-feedback:not(:empty)") ?? open[0])?.scrollIntoView({ block: "nearest" });
  host.announce([open.length < holding.length && host.say("held"), open.length && host.say("held_undecided"), host.say("held_again")].filter(Boolean).join(" "));
  place.addEventListener("input", () => host.announce(""), { once: true });
  return true;
}
