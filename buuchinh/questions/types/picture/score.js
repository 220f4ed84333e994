// The score of "picture" is that of "multiple".
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey } from "../../../learner/src/question/scored.js";
import { scoreMultiple } from "../multiple/score.js";

registerScorer("picture", byKey(scoreMultiple));
