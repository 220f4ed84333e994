// In place of a question whose type is newer than this page: a line that says so; no answer is lost.
import { fill, h } from "./dom.js";

/** @type {(element: HTMLElement, question: Question, words: Words) => Mounted} */
export function unknownQuestion(element, question, words) {
  const message = h("p", { class: "bc-alarm", role: "alert" }, fill(words.unknown_type, { id: question.id, type: question.type }));
  element.replaceChildren(h("div", { class: "bc-root bc-question", lang: "vi", "data-question": question.id }, message));
  return {
    saved() {},
    sayAgain() {},
    failed() {},
    remarked() {},
    remarkFailed() {},
    show() {},
    state: () => ({ state: "empty", act() {}, label: null, later: false }),
    remind() {},
    elsewhere() {},
    flush() {},
    hold: () => false,
    putOff: () => false,
    dispose: () => element.replaceChildren(),
  };
}
