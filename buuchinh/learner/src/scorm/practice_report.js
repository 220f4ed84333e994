// Computes what an LMS is told about practice: a score by the first answer to each question of the main part, as the end of a lesson counts
// it, and whether all of them have been answered. Practice is never passed or failed.
import { isAnswered } from "../logic/answer_entries.js";
import { coreOf, questionsOf } from "../logic/variants.js";

// Returns {began, done, share}: whether anything was answered, whether all was, and how much was right at the first answer (0 to
// 100; null before the first of them) of what can be scored; questions without an answer, or answered in part, count as not right.
/** @type {(page: Page, entries: Named<Entry>, checker: Checker, on: string) => { began: boolean, done: boolean, share: number | null }} */
export function practiceReport(page, entries, checker, on) {
  const questions = questionsOf(page, null, entries);
  const coreQuestions = coreOf(page).map((name) => questions[name]);
  const answered = coreQuestions.filter(({ id }) => isAnswered(entries[id]));
  const scored = coreQuestions.filter((question) => !question.manual && checker.rightnessOf(question, null, on) !== null);
  const right = scored.filter((question) => answered.includes(question) && checker.rightnessOf(question, entries[question.id].first, on));
  const begun = scored.some((question) => answered.includes(question));
  const share = begun ? Math.round((100 * right.length) / scored.length) : null;
  return { began: answered.length > 0, done: coreQuestions.length > 0 && answered.length === coreQuestions.length, share };
}
