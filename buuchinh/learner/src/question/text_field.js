// A box for one line of text, with a line below it that shows, while one types, how the text is read.
import { h, newId } from "./dom.js";

/**
 * @typedef {object} TypedField
 * @property {Tools["changed"]} changed
 * @property {(typed: string) => { text: string, wrong: boolean }} describe how what is typed is read
 * @property {(answer: string | null) => string} [shown] an answer that was given before, as it stands in the box
 * @property {string | null} [unit]
 * @property {string | null} [inputmode]
 * @property {boolean} [wide] for an answer in several words
 */

/**
 * @param {Question} question
 * @param {TypedField} field
 * @returns {View}
 */
export function viewTyped(question, { changed, describe, shown: format = (answer) => answer ?? "", unit = null, inputmode = null, wide = false }) {
  const hint = newId("hint");
  const input = h("input", {
    type: "text",
    inputmode,
    autocomplete: "off",
    class: wide ? "bc-number bc-wide-entry" : "bc-number",
    "aria-label": question.stem,
    "aria-describedby": hint,
    oninput: () => {
      tellReading();
      changed({ typing: true });
    },
    onchange: () => changed(),
  });
  const reading = h("p", { class: "bc-reading", id: hint, role: "status" }, describe("").text);

  function tellReading() {
    const { text, wrong } = describe(input.value);
    if (reading.textContent !== text) reading.textContent = text;
    reading.classList.toggle("bc-warn", wrong);
    input.setAttribute("aria-invalid", String(wrong));
  }

  return {
    body: [h("div", { class: "bc-entry" }, input, unit ? h("span", { class: "bc-unit" }, unit) : null), reading],
    read: () => input.value.trim() || null,
    /** @param {string | null} answer */
    show(answer) {
      input.value = format(answer);
      tellReading();
    },
    mark() {},
    again: () => input,
    typed: true,
  };
}
