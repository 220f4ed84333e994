// The one blue button of a question. Its word changes with a press, so for a moment it takes no other: a double click on
// "Trả lời" leaves the feedback where it is. A key that is held presses once.
import { button } from "./dom.js";

export const GUARD = 600; // milliseconds

/** @param {() => void} press */
export function answerButton(press) {
  /** @type {string | null} */
  let word = null;
  /** @type {number | undefined} */
  let closed;
  const element = button("", act, "bc-button bc-act", {
    hidden: true,
    onkeydown: (event) => event.repeat && event.key === "Enter" && event.preventDefault(),
  });

  // Whether there is a button to press, though it may be deaf for now.
  function act() {
    if (word === null) return false;
    if (closed !== undefined) return true;
    const before = word;
    press();
    if (word === before) return true;
    closed = setTimeout(open, GUARD);
    element.setAttribute("aria-disabled", "true");
    return true;
  }

  function open() {
    clearTimeout(closed);
    closed = undefined;
    element.removeAttribute("aria-disabled");
  }

  return {
    element,
    act,
    // Without a word there is nothing to press, and no button. A new word that no press brought, but a choice, is at once there.
    /** @param {string | null} label */
    say(label) {
      if (label === word) return;
      word = label;
      element.textContent = label ?? "";
      element.hidden = label === null;
      open();
    },
  };
}
