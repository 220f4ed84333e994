// The parts of the course that a cell's output shows, by name, drawn into the output's element.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";
import { isExtra, isPractice, numbered, questionsOf } from "../logic/variants.js";
import { drillPart } from "../screens/drill.js";
import { followUpView } from "../screens/follow_up.js";
import { handInView } from "../screens/hand_in.js";
import { citedOn, lawList } from "../screens/law_dialog.js";
import { markedOn } from "../screens/marked_question.js";
import { mountQuestion } from "../screens/question_part.js";
import { marksOf } from "../work/solution_marks.js";
import { startView } from "../screens/start.js";
import { testView } from "../screens/test.js";
import { testAt } from "../work/crossed.js";
import { openWork } from "../work/work.js";
import { get } from "./api.js";
import { handedNotice } from "./notebook_hand_in.js";
import { lessonFrame } from "./lesson_frame.js";

const PARTS = { question, start, lesson, hand_in: handIn, test, drill, follow_up: followUp, law_table: lawTable, office_numbers: officeNumbers, submitted, not_submitted: notSubmitted };

// Draws a mount and returns {dispose}. It learns of a person's coming and going by `host.redraws`.
export async function show(host, mount, element) {
  const part = PARTS[mount.part];
  if (!part) throw new Error(mount.part);
  let drawn = {};
  const redraw = async () => {
    drawn.dispose?.();
    drawn = (await part(host, mount, element)) ?? {};
  };
  host.redraws.add(redraw);
  await redraw();
  return {
    dispose() {
      host.redraws.delete(redraw);
      drawn.dispose?.();
      element.replaceChildren();
    },
  };
}

// Draws a question; it belongs to the unit that its id begins with, whatever notebook asks it.
async function question(host, { id, on }, element) {
  const unit = id.replace(/-q.*$/u, "");
  const day = on ?? (host.course.units[unit]?.core ? host.course.law_day : null); // set by `buuchinh lab --date`
  const { page, work } = day ? await onDay(host, unit, day) : await host.unit(unit);
  const note = page.notices?.[id] ?? page.notice;
  element.replaceChildren(...(note ? [h("p", { class: "bc-as-of", role: "note" }, h("strong", {}, note))] : []));
  const questions = questionsOf(page, host.person, work.entries());
  const refused = page.obstacles?.[id] ?? (questions ? null : host.say("needs_code")) ?? (questions[id] ? null : host.say("no_such_question", { id }));
  if (refused) {
    element.append(h("p", { class: "bc-refused", role: "alert" }, refused));
    return null;
  }
  const marks = await marksOf(host, page, work, questions);
  if (marks) {
    element.append(markedOn(host, work, questions[id], marks, { number: numbered(page).get(id), name: id }));
    return { dispose: () => forget(host, questions[id].id) };
  }
  const mode = isPractice(page) ? "practice" : "exam";
  const name = page.kind === "try" ? { called: host.say("try_called") } : { number: numbered(page).get(id), extra: isExtra(page, id) };
  element.append(mountQuestion(host, work, questions[id], { mode, citations: citedOn(page), on: day ?? host.course.on, ...name }));
  if (host.lacking.has(id)) host.shown.get(questions[id].id).remind(true);
  return { dispose: () => forget(host, questions[id].id) };
}

async function onDay(host, unit, on) {
  const page = await get(`pages/${unit}`, { notebook: host.notebook, on, text: 0 });
  return { page, work: await openWork(host, { id: unit, version: page.version, on }) };
}

function forget(host, id) {
  host.shown.get(id)?.dispose();
  host.shown.delete(id);
}

async function start(host, _mount, element) {
  const focused = element.contains(document.activeElement); // before a press redraws the page
  const move = h("details", { class: "hoc-note" }, h("summary", {}, host.say("move")), h("p", {}, host.say("move_help")));
  element.replaceChildren(...(await startView(host)), move);
  if (focused) element.querySelector("h1").focus();
}

async function lesson(host, _mount, element) {
  const { page, work } = await host.unit(unitOf(host));
  host.page = page;
  return lessonFrame(host, page, work, element);
}

const unitOf = (host) => host.notebook.split("/").at(-2);

async function handIn(host, { id }, element) {
  const { page, work } = await host.unit(id ?? unitOf(host));
  const questions = questionsOf(page, host.person, work.entries());
  if (!questions) return null;
  element.replaceChildren(handInView(host, page, work, { numbers: numbered(page), questions, marks: await marksOf(host, page, work, questions) }));
  return handedNotice(host, page, work, element);
}

// Draws a short test: a lesson asks the one for before or after the course; a notebook of a test alone asks that test.
async function test(host, { id }, element) {
  const { page, work } = await host.unit(unitOf(host) === id ? id : testAt(host, id));
  element.replaceChildren(...(await testView(host, page, work)));
  return { dispose: () => page.shown.forEach((item) => forget(host, item.id)) };
}

function drill(host, { id }, element) {
  const before = new Set(host.closing);
  element.replaceChildren(drillPart(host, id));
  const opened = [...host.closing].filter((closing) => !before.has(closing));
  return {
    dispose() {
      for (const closing of opened) {
        closing.then((stop) => stop?.());
        host.closing.delete(closing);
      }
    },
  };
}

async function followUp(host, _mount, element) {
  element.replaceChildren(...(await followUpView(host)));
}

async function lawTable(host, { id }, element) {
  const { page } = await host.unit(`l${id}`);
  host.page = page;
  element.replaceChildren(lawList(page, host.course.words.law, host.say("law_table")));
}

async function officeNumbers(host, _mount, element) {
  const { officeBox } = await host.more();
  element.replaceChildren(await officeBox(host));
}

// Shows on the card of a task the value that code handed in. The words of the output stay above, as the kernel printed them.
async function submitted(host, { id }) {
  host.lacking.delete(id);
  host.shown.get(id)?.remind(false);
  await host.look();
  const { page, work } = await host.unit(id.replace(/-q.*$/u, ""));
  const current = questionsOf(page, host.person, work.entries())?.[id];
  if (current && typeOf(current).fromCode) host.shown.get(id)?.show(work.entries()[id]?.answer ?? null);
}

// Shows on the card of a task that its code ran and handed nothing in.
function notSubmitted(host, { id }) {
  host.lacking.add(id);
  host.shown.get(id)?.remind(true);
}
