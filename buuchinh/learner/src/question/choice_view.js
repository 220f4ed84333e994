// Options to choose, as radio buttons or boxes to tick, and the marks on rows of what was chosen.
import { h, newId, verdict } from "./dom.js";

// A view, and the inputs by option id for who adds to it.
/**
 * @param {Choosing} question
 * @param {"radio" | "checkbox"} kind
 * @param {Words} words
 * @param {() => void} changed
 */
export function choosing(question, kind, words, changed) {
  const group = newId("group");
  const rows = question.options.map((option) => {
    const input = h("input", { type: kind, name: group, value: option.id, onchange: () => changed() });
    const mark = h("span", { class: "bc-mark" });
    const row = h("label", { class: "bc-option" }, input, h("span", { class: "bc-option-text" }, option.text, mark));
    return { id: option.id, input, mark, row };
  });
  const hint = kind === "checkbox" ? h("p", { class: "bc-hint" }, words.several) : null;
  return {
    body: [hint, h("div", { class: "bc-options" }, ...rows.map((one) => one.row))],
    inputs: new Map(rows.map((one) => [one.id, one.input])),
    read() {
      const chosen = rows.filter((one) => one.input.checked).map((one) => one.id);
      return kind === "checkbox" ? chosen : (chosen[0] ?? null);
    },
    /** @param {string | string[] | null} answer */
    show(answer) {
      const chosen = [answer].flat();
      for (const one of rows) one.input.checked = chosen.includes(one.id);
    },
    again() {
      for (const one of rows) one.input.checked = kind === "checkbox" && one.input.checked; // of several, those that were right stay
    },
    /** @param {Remark[]} remarks */
    mark(remarks) {
      markRows(rows, remarks, words);
    },
  };
}

/** @type {(rows: { id: string, mark: HTMLElement, row: HTMLElement }[], remarks: Remark[], words: Words) => void} */
export function markRows(rows, remarks, words) {
  for (const { id, mark, row } of rows) {
    const found = remarks.find((one) => one.on === id);
    mark.replaceChildren(...(found ? [" ", verdict(found.right, words)] : []));
    row.classList.toggle("bc-is-right", found?.right === true);
    row.classList.toggle("bc-is-wrong", found?.right === false);
  }
}
