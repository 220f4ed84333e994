// Options to choose from: a row each, with the digit that chooses it, a radio button or checkbox as its frame, and a mark.
import { h, newId, verdict } from "./dom.js";

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {HTMLInputElement} input
 * @property {HTMLElement} digit
 * @property {HTMLElement} mark
 * @property {HTMLElement} row
 */

// Returns one row of `.bc-options`; place counts from 0, more has the further attributes of the input.
/** @type {(choice: Choice, place: number, input: { type: "radio" | "checkbox", name: string, checked?: boolean, onchange: () => void }) => Row} */
export function optionRow({ id, text }, place, more) {
  const input = h("input", { value: id, ...more });
  const digit = h("span", { class: "bc-digit", "aria-hidden": "true" }, String(place + 1));
  const mark = h("span", { class: "bc-mark" });
  return { id, input, digit, mark, row: h("label", { class: "bc-option" }, input, digit, h("span", { class: "bc-option-text" }, text), mark) };
}

// Returns a view, with its inputs by option id for callers that add to it.
/**
 * @param {Choosing} question
 * @param {"radio" | "checkbox"} kind
 * @param {Words} words
 * @param {() => void} changed
 */
export function choosing(question, kind, words, changed) {
  const name = newId("group");
  const rows = question.options.map((option, n) => optionRow(option, n, { type: kind, name, onchange: () => changed() }));
  const hint = kind === "checkbox" ? h("p", { class: "bc-hint" }, words.several) : null;
  return {
    body: [hint, h("div", { class: "bc-options" }, ...rows.map((row) => row.row))],
    inputs: new Map(rows.map((row) => [row.id, row.input])),
    read() {
      const chosen = rows.filter((row) => row.input.checked).map((row) => row.id);
      return kind === "checkbox" ? chosen : (chosen[0] ?? null);
    },
    /** @param {string | string[] | null} answer */
    show(answer) {
      const chosen = [answer].flat();
      for (const row of rows) row.input.checked = chosen.includes(row.id);
    },
    again() {
      if (kind === "radio") for (const row of rows) row.input.checked = false; // of several choices, the right ones may stay
    },
    /**
     * @param {Remark[]} remarks
     * @param {Marked} [options]
     */
    mark(remarks, options) {
      markOptions(rows, remarks, words, options);
    },
  };
}

// Marks the chosen options with a sign and a word; once the whole is right, the others recede and the first choice stays
// recognizable.
/** @type {(rows: Row[], remarks: Remark[], words: Words, options?: Marked) => void} */
function markOptions(rows, remarks, words, { right: whole, first } = { right: false, first: null }) {
  const before = [first].flat();
  rows.forEach(({ id, input, digit, mark, row }, n) => {
    const optionRemark = remarks.find((remark) => remark.on === id);
    const earlier = whole && !optionRemark && before.includes(id);
    digit.textContent = optionRemark ? (optionRemark.right ? "✓" : "✗") : String(n + 1);
    mark.replaceChildren(...(optionRemark ? verdictOn(optionRemark.right, input.type === "radio", words) : earlier ? [words.first_chosen] : []));
    row.classList.toggle("bc-is-right", optionRemark?.right === true);
    row.classList.toggle("bc-is-wrong", optionRemark?.right === false);
    row.classList.toggle("bc-is-first", earlier);
    row.classList.toggle("bc-aside", whole && !optionRemark && !earlier);
  });
}

/** @type {(right: boolean, alone: boolean, words: Words) => (Node | string)[]} */
function verdictOn(right, alone, words) {
  if (!alone) return [right ? words.right : words.wrong];
  return right ? [h("span", { class: "bc-unseen" }, words.right)] : [h("span", { class: "bc-unseen" }, words.wrong, ", "), words.chosen_here];
}

/** @type {(rows: { id: string, mark: HTMLElement, row: HTMLElement }[], remarks: Remark[], words: Words) => void} */
export function markRows(rows, remarks, words) {
  for (const { id, mark, row } of rows) {
    const optionRemark = remarks.find((remark) => remark.on === id);
    mark.replaceChildren(...(optionRemark ? [" ", verdict(optionRemark.right, words)] : []));
    row.classList.toggle("bc-is-right", optionRemark?.right === true);
    row.classList.toggle("bc-is-wrong", optionRemark?.right === false);
  }
}
