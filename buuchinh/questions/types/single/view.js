// The view of "single".
import { choosing } from "../../../learner/src/question/choice_view.js";
import { registerView } from "../../../learner/src/question/registry.js";

/** @type {(question: Choosing, tools: Tools) => View} */
export function viewSingle(question, { words, changed }) {
  return choosing(question, "radio", words, changed);
}

registerView("single", viewSingle, { oneWord: true });
