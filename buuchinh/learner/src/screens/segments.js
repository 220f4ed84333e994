// Progress in the main part of a lesson: a segment for each question.
import { h } from "../question/dom.js";
import { coreOf } from "../logic/variants.js";
import { notRight } from "./lesson_end.js";

// Returns each question of the main part, in order, as {name, state}: "right" (or answered, if there is no verdict), "again"
// (answered and still not right) or "ahead".
export function segmentsOf(page, work, questions, on) {
  const names = coreOf(page);
  const wrong = new Set(notRight(names, questions, work.entries(), on));
  return names.map((name) => ({ name, state: wrong.has(name) ? "again" : work.settles(questions[name].id) ? "right" : "ahead" }));
}

// Returns a row that says in words what it shows.
export function segmentRow() {
  const element = h("div", { class: "hoc-segments", role: "img" });
  return {
    element,
    /** @type {(states: string[], label: string) => void} `states`: with "here" before it where one is */
    set(states, label) {
      element.setAttribute("aria-label", label);
      element.replaceChildren(...states.map((state) => h("i", { class: `hoc-segment ${state.split(" ").map((part) => `hoc-is-${part}`).join(" ")}` })));
    },
  };
}
