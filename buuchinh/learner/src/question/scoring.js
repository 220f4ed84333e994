// score(question, answer, on): what buuchinh/questions/scoring.py does, word for word. `on` is "2026-11-25".
import { scorerOf } from "./registry.js";

/** @type {(question: Question, answer: unknown, on: string) => Score} */
export function score(question, answer, on) {
  return scorerOf(question)(question, answer, question.as_of ?? on);
}
