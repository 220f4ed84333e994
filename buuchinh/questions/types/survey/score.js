// "survey" is never scored.
import { registerScorer } from "../../browser/registry.js";
import { empty, scored } from "../../browser/scored.js";

registerScorer("survey", (question, answer) => scored(0, empty(answer) ? "missing" : "unscored"));
