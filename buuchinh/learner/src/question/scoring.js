// score(question, answer, on): the same as buuchinh/questions/scoring.py, line by line. `on` is "2026-11-25".
import { scorerOf } from "./registry.js";

/** @type {(question: Question, answer: unknown, on: string) => Score} */
export function score(question, answer, on) {
  return scorerOf(question)(question, answer, question.as_of ?? on);
}
