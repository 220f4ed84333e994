// The score of "picture" is that of "multiple".
import { registerScorer } from "../../browser/registry.js";
import { byKey } from "../../browser/scored.js";
import { scoreMultiple } from "../multiple/score.js";

registerScorer("picture", byKey(scoreMultiple));
