// The view of "matching": for each entry on the left one of the texts on the right. Short texts are in a select; long ones, and
// all on a phone, are rows to press under each entry, since a select cuts a text off.
import { choosing, markRows } from "../../../learner/src/question/choice_view.js";
import { h, labelOf, newId } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { empty } from "../../../learner/src/question/scored.js";
import { answeredLine } from "./answered_line.js";

/** @import { MatchingQuestion } from "./score.js" */
/** @typedef {{ id: string, row: HTMLElement, read: () => string, put: (value: string) => void, mark: (remarks: Remark[]) => void, again: () => void }} Pair */

const LONGEST = 32; // characters that a select shows whole
const NARROW = "(max-width: 34rem)";

/** @type {(question: MatchingQuestion, tools: Tools) => View} */
function viewMatching(question, { words, changed }) {
  const open = question.right.some(({ text }) => text.length > LONGEST) || matchMedia(NARROW).matches;
  const pairs = question.left.map((entry) => (open ? rowsUnder : closedList)(entry, question.right, words, changed));
  return {
    body: [h("div", { class: "bc-pairs" }, ...pairs.map((pair) => pair.row))],
    read: () => Object.fromEntries(pairs.map((pair) => [pair.id, pair.read()]).filter(([, value]) => value)),
    /** @param {Named<string> | null} answer */
    show(answer) {
      for (const pair of pairs) pair.put(answer?.[pair.id] ?? "");
    },
    mark(remarks) {
      for (const pair of pairs) pair.mark(remarks);
    },
    again() {
      for (const pair of pairs) pair.again();
    },
  };
}

/** @type {(entry: Choice, offered: Choice[], words: Words, changed: () => void) => Pair} */
function rowsUnder({ id, text }, offered, words, changed) {
  const list = choosing({ id, type: "single", stem: text, options: offered }, "radio", words, () => changed());
  const options = /** @type {HTMLElement} */ (list.body.find(Boolean));
  const line = answeredLine(options, words);
  let wrong = false; // at the last verdict
  return {
    id,
    row: h("fieldset", { class: "bc-pair bc-pair-open bc-field" }, h("legend", {}, text), line.element),
    read: () => /** @type {string} */ (list.read() ?? ""),
    put(value) {
      list.show(value);
      line.settle();
    },
    mark(remarks) {
      const pairRemark = remarks.find((remark) => remark.on === id);
      line.mark(pairRemark?.right ?? null);
      if (!remarks.length) return;
      wrong = pairRemark?.right === false;
      line.settle();
    },
    again() {
      if (wrong) line.open();
    },
  };
}

/** @type {(entry: Choice, offered: Choice[], words: Words, changed: () => void) => Pair} */
function closedList(entry, offered, words, changed) {
  const id = newId("match");
  const select = h(
    "select",
    { id, onchange: () => choose() },
    h("option", { value: "" }, words.choose),
    ...offered.map((option) => h("option", { value: option.id }, option.text)),
  );
  const chosen = h("span", { class: "bc-picked", "aria-hidden": "true" }, words.choose);
  const mark = h("span", { class: "bc-mark" });
  const row = h("div", { class: "bc-pair" }, h("label", { for: id }, entry.text, mark), h("div", { class: "bc-closed-list" }, select, chosen));
  /** @type {(value: string) => void} */
  function put(value) {
    select.value = value;
    chosen.textContent = labelOf(offered, select.value) || words.choose;
  }
  function choose() {
    put(select.value);
    changed();
  }
  return { id: entry.id, row, read: () => select.value, put, mark: (remarks) => markRows([{ id: entry.id, mark, row }], remarks, words), again() {} };
}

/** @type {(question: MatchingQuestion, answer: Named<string> | null) => number} */
const openRows = (question, answer) => question.left.filter(({ id }) => empty(answer?.[id])).length;

registerView("matching", viewMatching, {
  nameOf: (question, on) => labelOf(question.left, on),
  rowsOf: (question) => question.left,
  leftOpen: (question, /** @type {Named<string> | null} */ answer) => openRows(question, answer) > 0,
  openRows,
});
