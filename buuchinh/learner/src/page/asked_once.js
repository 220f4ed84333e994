// An empty question of the main part: before one goes on, an answer is asked for once, and one may pass it by.
import { h } from "../question/dom.js";

const CALM = 600; // milliseconds in which no press goes on: the second one of a double click
const requests = new Set(); // the person and the question of each request in this window

// ``survey``: the question has no right answer.
/** @type {(host: Pick<Host, "say" | "person">, id: string | null, survey?: boolean) => { line: HTMLElement, holds: (open: boolean) => boolean, told: () => boolean, over: () => void }} */
export function requestAnswer(host, id, survey = false) {
  const line = h("p", { class: "hoc-asked-once", role: "status" });
  const key = `${host.person ?? ""} ${id}`;
  let calm = 0;

  return {
    line,
    // Returns true if one does not go on yet. open: whether the question is empty.
    holds(open) {
      if (Date.now() < calm) return true;
      if (!open || id === null || requests.has(key)) return false;
      requests.add(key);
      calm = Date.now() + CALM;
      line.textContent = host.say(survey ? "unanswered_survey" : "unanswered");
      line.scrollIntoView({ block: "nearest" });
      return true;
    },
    told: () => Boolean(line.textContent),
    // Ends the request once the question was answered.
    over() {
      requests.add(key);
      line.textContent = "";
    },
  };
}
