// The view of "multiple".
import { choosing } from "../../../learner/src/question/choice_view.js";
import { registerView } from "../../../learner/src/question/registry.js";

/**
 * @param {Choosing} question
 * @param {Pick<Tools, "words" | "changed">} tools
 */
export function viewMultiple(question, { words, changed }) {
  return choosing(question, "checkbox", words, changed);
}

registerView("multiple", viewMultiple);
