// A link down to the question of a step, where that begins more than two screens below its title.
import { button } from "../question/dom.js";

const SCREENS = 2;

/** @type {(host: Host, step: HTMLElement) => void} */
export function addWayDown(host, step) {
  const title = step.querySelector("h1");
  /** @type {HTMLElement | null} */
  const question = step.querySelector(".hoc-question");
  if (!title || !question) return;
  const link = button(host.say("to_question"), () => {
    question.tabIndex = -1;
    question.focus({ preventScroll: true });
    question.scrollIntoView({ block: "start" });
  }, "hoc-quiet hoc-choice hoc-way-down hoc-no-print");
  link.hidden = true;
  title.after(link);
  new ResizeObserver(() => {
    link.hidden = question.getBoundingClientRect().top - title.getBoundingClientRect().top < SCREENS * innerHeight;
  }).observe(step);
}
