// The one blue button of a question. Its label changes with a press, so it ignores further presses for a moment: a double
// click on "Trả lời" leaves the feedback in place. Holding a key presses it once.
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

  // Presses the button; returns whether there is one, even if it ignores presses for now.
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
    // Sets the label; null hides the button. A new label that no press caused (a choice was made) can be pressed at once.
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
