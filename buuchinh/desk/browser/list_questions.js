// The questions about a class list that waits: two buttons each, then the list is written.
import { button, done } from "./acting.js";
import { filled, h, words } from "./dom.js";
import { showOutcome } from "./list_outcome.js";

/** @type {Record<string, boolean>} */
let answers = {};
let drawnData = "";

/** @param {HTMLElement} place @param {ListWaiting | null} waiting */
export function showQuestions(place, waiting) {
  const content = JSON.stringify(waiting);
  if (content === drawnData) return;
  drawnData = content;
  answers = {};
  if (!waiting) return place.replaceChildren();
  const drop = button(words.forget_list, () => done("bo-danh-sach", {}), "small quiet");
  if (waiting.foreign) {
    const join = button(words.join, () => write({ foreign: true }), "small");
    return place.replaceChildren(h("section", { class: "card waits", "aria-label": filled(words.waits_title, waiting) }, h("p", null, waiting.foreign), h("div", { class: "row" }, join, drop)));
  }
  const left = h("span", { class: "soft", role: "status" });
  const go = button(words.write_list, () => (remaining(waiting) ? /** @type {HTMLElement | null} */ (place.querySelector(".question:not(.answered) button"))?.focus() : write(answers)), "small");
  const count = () => {
    left.textContent = remaining(waiting) ? filled(words.answer_first, { count: remaining(waiting) }) : "";
  };
  count();
  return place.replaceChildren(h("section", { class: "card waits", "aria-label": filled(words.waits_title, waiting) },
    h("h2", null, filled(words.waits_title, waiting)), h("p", { class: "soft" }, words.waits_lead),
    h("ul", null, waiting.questions.map((waitingQuestion) => question(waitingQuestion, count))),
    waiting.notes.length > 0 && h("ul", { class: "facts soft" }, waiting.notes.map((note) => h("li", null, note))),
    h("div", { class: "row end" }, go, drop, left)));
}

/** @param {ListWaiting} waiting */
const remaining = (waiting) => waiting.questions.length - Object.keys(answers).length;

/** @param {ListQuestion} waitingQuestion @param {() => void} count */
function question(waitingQuestion, count) {
  const choices = [true, false].map((same) => h("button", {
    type: "button", class: "btn small grey", "aria-pressed": "false", on: { click: (event) => choose(event.currentTarget, same) },
  }, same ? words.same : words.two));
  const line = h("div", { class: "question", role: "group", "aria-label": waitingQuestion.text }, h("span", { class: "grow" }, h("b", null, waitingQuestion.text), " ", h("span", { class: "soft" }, waitingQuestion.detail)), choices);
  /** @param {HTMLElement} pressed @param {boolean} same */
  function choose(pressed, same) {
    answers[waitingQuestion.id] = same;
    for (const choice of choices) choice.setAttribute("aria-pressed", String(choice === pressed));
    line.classList.add("answered");
    count();
  }
  return h("li", null, line);
}

/** @param {Record<string, boolean>} values */
async function write(values) {
  const answer = await done("ghi-danh-sach", { answers: values });
  if (answer) showOutcome(answer);
}
