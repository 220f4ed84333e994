// How far one is in the main part of a lesson: a segment for each question.
import { h } from "../question/dom.js";

// A row that says in words what it shows.
export function segmentRow() {
  const element = h("div", { class: "hoc-segments", role: "img" });
  return {
    element,
    /** @type {(states: string[], told: string) => void} */
    set(states, told) {
      element.setAttribute("aria-label", told);
      element.replaceChildren(...states.map((state) => h("i", { class: `hoc-segment hoc-${state}` })));
    },
  };
}
