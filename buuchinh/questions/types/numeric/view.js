// The view of "numeric": a box, and how the typed text is read.
import { fill } from "../../../learner/src/question/dom.js";
import { formatNumber, parseNumber } from "../../../learner/src/question/number.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { viewTyped } from "../../../learner/src/question/text_field.js";
import { asSeen } from "../../../learner/src/question/text.js";
import { unitsOf } from "./score.js";

/** @import { NumericQuestion } from "./score.js" */

/** @type {(question: NumericQuestion, tools: Tools) => View} */
function viewNumeric(question, { words, changed }) {
  return viewTyped(question, {
    changed,
    describe: (typed) => describeNumber(question, typed, words),
    shown: (/** @type {number | string | null} */ answer) => (typeof answer === "number" ? formatNumber(answer) : (answer ?? "")),
    unit: question.unit,
    inputmode: "decimal",
  });
}

/** @type {(question: NumericQuestion, typed: string, words: Words) => { text: string, wrong: boolean }} */
function describeNumber(question, typed, words) {
  if (!typed.trim()) return { text: words.number_hint, wrong: false };
  const read = parseNumber(typed, unitsOf(question));
  if ("fault" in read && read.fault === "ambiguous") {
    const [whole, fraction] = asSeen(typed).match(/[0-9]+/gu) ?? [];
    return { text: fill(words.ambiguous, { typed: typed.trim(), whole: `${whole}${fraction}`, decimal: `${whole},${fraction}0` }), wrong: true };
  }
  if ("fault" in read) return { text: words.not_a_number, wrong: true };
  const { minimum, maximum } = question;
  const low = minimum !== undefined && minimum !== null && read.value < minimum;
  const high = maximum !== undefined && maximum !== null && read.value > maximum;
  const text = `${formatNumber(read.value)}${question.unit ? ` ${question.unit}` : ""}`;
  if (low) return { text: fill(words.too_low, { number: text, limit: formatNumber(minimum) }), wrong: true };
  if (high) return { text: fill(words.too_high, { number: text, limit: formatNumber(maximum) }), wrong: true };
  return { text: fill(words.read_as, { number: text }), wrong: false };
}

registerView("numeric", viewNumeric);
