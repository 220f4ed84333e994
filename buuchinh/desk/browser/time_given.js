// Gives time; where feedback has gone out already, the server asks first, and its question stands beside the button that was pressed.
import { button, done } from "./acting.js";
import { h, words } from "./dom.js";

/**
 * Give time, and return the server's answer, or null where it was not given.
 * @param {string} name @param {Record<string, any>} values @param {HTMLElement} place where a question stands
 */
export async function giveTime(name, values, place) {
  const answer = await done(name, values);
  if (!answer?.ask) return answer;
  return (await confirmed(answer.ask, place)) ? done(name, { ...values, anyway: true }) : null;
}

/** Return a moment of the form `2026-12-01T17:00` that is to come: `until`, or its hour tomorrow if it is past. @param {string} until */
export function stillToCome(until) {
  if (new Date(until) > new Date()) return until;
  const day = new Date();
  day.setDate(day.getDate() + 1);
  const digits = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((number) => String(number).padStart(2, "0"));
  return `${digits.join("-")}T${until.slice(11, 16) || "17:00"}`;
}

/** Ask whether to go on, and return the choice; the place is empty again afterwards. @param {string} question @param {HTMLElement} place @returns {Promise<boolean>} */
export function confirmed(question, place) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  return new Promise((chosen) => {
    const end = (go) => () => {
      place.replaceChildren();
      if (before?.isConnected) before.focus();
      chosen(go);
    };
    const first = button(words.cancel, end(false), "small");
    place.replaceChildren(h("div", { class: "question", role: "alert" }, h("p", null, question), h("div", { class: "row" }, first, button(words.anyway, end(true), "small grey"))));
    first.focus();
  });
}
