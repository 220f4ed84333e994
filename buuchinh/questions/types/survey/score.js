// "survey" is never scored.
import { registerScorer } from "../../../learner/src/question/registry.js";
import { empty, scored } from "../../../learner/src/question/scored.js";

registerScorer("survey", (_question, answer) => scored(0, empty(answer) ? "missing" : "unscored"));
