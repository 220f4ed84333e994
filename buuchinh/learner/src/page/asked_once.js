// A question of the main part that is left empty: who goes on is asked for an answer once, and may pass it by.
import { h } from "../question/dom.js";

const CALM = 600; // milliseconds in which no press goes on: the second one of a double click
const asked = new Set(); // in this window: whose, and which question

/** @type {(host: Pick<Host, "say" | "person">, id: string | null) => { line: HTMLElement, holds: (open: boolean) => boolean, told: () => boolean, over: () => void }} */
export function askedOnce(host, id) {
  const line = h("p", { class: "hoc-asked-once", role: "status" });
  const key = `${host.person ?? ""} ${id}`;
  let calm = 0;

  return {
    line,
    // open: whether the question is empty. True where one does not go on yet.
    holds(open) {
      if (Date.now() < calm) return true;
      if (!open || id === null || asked.has(key)) return false;
      asked.add(key);
      calm = Date.now() + CALM;
      line.textContent = host.say("unanswered");
      line.scrollIntoView({ block: "nearest" });
      return true;
    },
    told: () => Boolean(line.textContent),
    // Something was said to it: then nothing is asked any more.
    over() {
      asked.add(key);
      line.textContent = "";
    },
  };
}
