// The view of "text": a line or an area to write in.
import { h } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";

/** @import { TextQuestion } from "./score.js" */

/** @type {(question: TextQuestion, tools: Tools) => View} */
export function viewText(question, { words, changed, mode }) {
  const lines = question.lines ?? 1;
  const common = { "aria-label": question.stem, oninput: () => changed({ typing: true }), onchange: () => changed() };
  const box =
    lines > 1 || question.manual
      ? h("textarea", { ...common, class: "bc-area", rows: Math.max(lines, 3), maxlength: 5000 })
      : h("input", { ...common, type: "text", class: "bc-line", autocomplete: "off", maxlength: 5000 });
  return {
    body: [box, question.manual && mode === "exam" ? h("p", { class: "bc-hint" }, words.manual) : null],
    read: () => (box.value.trim() ? box.value : null),
    /** @param {string | null} answer */
    show(answer) {
      box.value = answer ?? "";
    },
    mark() {},
    again: () => box,
    typed: true,
  };
}

registerView("text", viewText);
