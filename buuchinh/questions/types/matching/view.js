// The view of "matching": a list to choose from for each entry on the left. A closed list cuts a long text, so what is
// chosen stands over it, whole.
import { markRows } from "../../../learner/src/question/choice_view.js";
import { h, labelOf, newId } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { empty } from "../../../learner/src/question/scored.js";

/** @import { MatchingQuestion } from "./score.js" */

/** @type {(question: MatchingQuestion, tools: Tools) => View} */
export function viewMatching(question, { words, changed }) {
  const rows = question.left.map((entry) => {
    const id = newId("match");
    const select = h(
      "select",
      { id, onchange: () => choose() },
      h("option", { value: "" }, words.choose),
      ...question.right.map((one) => h("option", { value: one.id }, one.text)),
    );
    const chosen = h("span", { class: "bc-picked", "aria-hidden": "true" }, words.choose);
    const mark = h("span", { class: "bc-mark" });
    const row = h("div", { class: "bc-pair" }, h("label", { for: id }, entry.text, mark), h("div", { class: "bc-closed-list" }, select, chosen));
    /** @type {(value: string) => void} */
    function put(value) {
      select.value = value;
      chosen.textContent = labelOf(question.right, select.value) || words.choose;
    }
    function choose() {
      put(select.value);
      changed();
    }
    return { id: entry.id, select, mark, row, put };
  });
  return {
    body: [h("div", { class: "bc-pairs" }, ...rows.map((one) => one.row))],
    read: () => Object.fromEntries(rows.filter((one) => one.select.value).map((one) => [one.id, one.select.value])),
    /** @param {Named<string> | null} answer */
    show(answer) {
      for (const one of rows) one.put(answer?.[one.id] ?? "");
    },
    mark(remarks) {
      markRows(rows, remarks, words);
    },
  };
}

registerView("matching", viewMatching, {
  nameOf: (question, on) => labelOf(question.left, on),
  rowsOf: (question) => question.left,
  leftOpen: (question, /** @type {Named<string> | null} */ answer) => question.left.some(({ id }) => empty(answer?.[id])),
});
