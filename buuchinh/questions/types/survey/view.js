// The view of "survey": options to choose from, or an area to write in.
import { h } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { viewSingle } from "../single/view.js";
import { viewText } from "../text/view.js";

/** @import { TextQuestion } from "../text/score.js" */

/** @type {(question: TextQuestion, tools: Tools) => View} */
function viewSurvey(question, tools) {
  const view = question.options?.length ? viewSingle(/** @type {Choosing} */ (question), tools) : viewText({ ...question, lines: question.lines ?? 3 }, tools);
  return { ...view, body: [...view.body, h("p", { class: "bc-hint" }, tools.words.survey)] };
}

registerView("survey", viewSurvey, { checked: false, scored: false });
