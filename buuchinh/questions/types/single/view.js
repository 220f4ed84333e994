// The view of "single".
import { choosing } from "../../browser/choosing.js";
import { registerView } from "../../browser/registry.js";

export function viewSingle(question, { words, changed }) {
  return choosing(question, "radio", words, changed);
}

registerView("single", viewSingle, { oneWord: true });
