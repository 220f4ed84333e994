// The marks of a person's stored answers by the solutions that were opened: computed when they are shown, and stored nowhere.
import { withKeys } from "../logic/solutions.js";
import { verdictOf } from "../question/feedback.js";
import { typeOf } from "../question/registry.js";
import { score } from "../question/scoring.js";
import { solutionsOf } from "./solutions.js";

const BY_PERSON = new Set(["manual", "no_key"]);

/** @typedef {"right" | "partly" | "wrong" | "empty" | "person" | "none" | "unread"} MarkState */
/** @typedef {{ state: MarkState, question: any, found: Score | null }} Mark */

// Returns the marks of a page's questions, by `of(id)` of the page; null without solutions.
/** @param {Host} host */
export async function marksOf(host, page, work, questions) {
  const solutions = await solutionsOf(host, page);
  if (!solutions) return null;
  const form = Object.keys(page.forms).find((name) => page.forms[name] === questions) ?? "";
  const { on } = solutions.versions[page.version];

  /** @type {(id: string) => Mark} */
  function of(id) {
    const question = questions[id];
    if (!typeOf(question).scored) return { state: "none", question, found: null };
    const keyed = question.manual || typeOf(question).fromCode ? null : withKeys(solutions, page.version, form, question);
    if (!keyed) return { state: "person", question, found: null };
    try {
      const result = score(keyed, work.entries()[question.id]?.answer ?? null, on);
      if (!(result.fraction >= 0 && result.fraction <= 1)) throw new Error("fraction");
      const state = result.reason === "missing" ? "empty" : BY_PERSON.has(result.reason ?? "") ? "person" : verdictOf(result);
      return { state, question: keyed, found: result };
    } catch (error) {
      console.warn(error); // keys of a shape that the question's type does not have
      return { state: "unread", question, found: null };
    }
  }

  return { of, cited: solutions.cited };
}

// Counts the marks: {right, total} of what the device marks, and how many questions a person marks.
export function countMarks(marks, ids) {
  const states = ids.map((id) => marks.of(id).state);
  const person = states.filter((state) => state === "person").length;
  const total = states.filter((state) => !["person", "none", "unread"].includes(state)).length;
  return { right: states.filter((state) => state === "right").length, total, person };
}
