// The view of "multiple".
import { choosing } from "../../browser/choosing.js";
import { registerView } from "../../browser/registry.js";

export function viewMultiple(question, { words, changed }) {
  return choosing(question, "checkbox", words, changed);
}

registerView("multiple", viewMultiple);
