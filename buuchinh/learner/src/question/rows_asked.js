// Empty rows are pointed out once, before an answer is checked: the next press checks what there is.
import { GUARD } from "./answer_button.js";
import { fill, h } from "./dom.js";

// Returns the message about the empty rows of `answer`; null if it can be checked. The second press of a double click checks
// nothing.
/** @type {(question: Question, type: Pick<QuestionType, "openRows">, words: Words) => (answer: unknown) => HTMLElement | null} */
export function rowsToAsk(question, type, words) {
  let warnedAt = 0;
  return (answer) => {
    const count = type.openRows(question, answer);
    if (!count || (warnedAt && Date.now() - warnedAt > GUARD)) return null;
    warnedAt ||= Date.now();
    return h("p", { class: "bc-nothing" }, fill(words.rows_asked, { count }));
  };
}
