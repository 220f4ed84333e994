// The parts of a screen of a lesson or a sheet: text, questions, lists, and all of it on paper.
import { h } from "../question/dom.js";
import { isPractice } from "../logic/variants.js";
import { typeOf } from "../question/registry.js";
import { drillPart } from "../screens/drill.js";
import { handInView } from "../screens/hand_in.js";
import { citedOn, lawList } from "../screens/law_dialog.js";
import { endingView } from "../screens/lesson_end.js";
import { cardOf, markedOn } from "../screens/marked_question.js";
import { mountQuestion } from "../screens/question_part.js";
import { testAt } from "../work/crossed.js";
import { offerLarge } from "./large_picture.js";

const LONG = 30; // characters: with a longer cell three columns have a word a line on a telephone

// Draws a part. tries: the practice that an exercise offers, {page, work, questions}; marks: by solutions that were opened.
export function drawPart(host, page, part, { work, questions, numbers, extra, following = null, does = {}, tries = null, marks = null }) {
  if (part.html !== undefined) return [prose(host, part.html)];
  if (part.hand_in !== undefined) return [handInView(host, page, work, { numbers, questions, marks })];
  if (part.ending !== undefined) return [endingView(host, page, work, { questions, following, does })];
  if (part.citations !== undefined) return [lawList(page, host.course.words.law, host.say("law_table"))];
  if (part.our_numbers !== undefined) return [ourNumbers(host)];
  if (part.drill !== undefined) return [drillPart(host, part.drill)];
  if (part.test !== undefined) {
    const test = testAt(host, part.test);
    return [h("p", {}, h("a", { class: "hoc-button", href: `#/${test}` }, host.titleOf(test)))];
  }
  if (part.try !== undefined) return drawTry(host, tries, part.try);
  const question = questions[part.ask];
  if (typeOf(question).fromCode) return [h("p", { class: "hoc-note" }, host.say("number", { number: numbers.get(part.ask) }), ". ", host.say("elsewhere")), marks ? cardOf(host, marks, part.ask) : null].filter(Boolean);
  if (marks) return [markedOn(host, work, question, marks, { number: numbers.get(part.ask), level: 2, name: part.ask })];
  const mode = isPractice(page) ? "practice" : "exam";
  return [mountQuestion(host, work, question, { mode, citations: citedOn(page), number: numbers.get(part.ask), extra: page.kind === "lesson" && extra, on: host.course.on, level: 2 })];
}

// Draws a question to practise with: verdict and reason at once, saved under a unit of its own.
function drawTry(host, tries, name) {
  const question = tries?.questions[name];
  return question ? [mountQuestion(host, tries.work, question, { mode: "practice", citations: citedOn(tries.page), on: host.course.on, level: 2, called: host.say("try_called") })] : [];
}

// Prints a screen once its later parts are loaded. Folded texts are unfolded, except code; the folds of a page of questions
// (the legal basis) stay folded.
export async function onPaper(host, screen, ...content) {
  screen.replaceChildren(...content);
  await Promise.allSettled(host.closing);
  if (!screen.isConnected) return; // another page was opened meanwhile
  screen.querySelectorAll(".hoc-prose details").forEach((details) => details.toggleAttribute("open", !details.querySelector(":scope > pre")));
  print();
  host.open();
}

// Returns a place that gets the office's own numbers as soon as the second script is loaded.
function ourNumbers(host) {
  const place = h("div", {});
  host.closing.add(host.more().then((views) => views.officeBox(host)).then((box) => place.replaceChildren(box), () => {}));
  return place;
}

function prose(host, html) {
  const made = h("div", { class: "hoc-prose" });
  made.innerHTML = html; // our own committed notebooks: nothing that a trainee or a stranger wrote
  made.querySelectorAll("table").forEach(byRows);
  made.querySelectorAll(":scope > p > img:only-child, :scope > img").forEach((img) => offerLarge(host, img));
  return made;
}

// Marks a table that is too wide for a telephone, where it is read row by row, each cell with the name of its column.
function byRows(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent);
  const longest = Math.max(0, ...[...(table.tBodies[0]?.querySelectorAll("td, th") ?? [])].map((cell) => cell.textContent.length));
  if (heads.length < 3 || (heads.length === 3 && longest < LONG)) return;
  table.classList.add("hoc-rows");
  for (const row of table.tBodies[0]?.rows ?? []) [...row.cells].forEach((cell, n) => n && cell.setAttribute("data-head", heads[n]));
}
