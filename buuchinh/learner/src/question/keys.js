// Keys of a question: digits choose, Enter presses the blue button; inside it, and anywhere on a page that asks only this one.
import { TYPED_IN } from "./typed_in.js";

const PRESSED = "a[href], button, summary, [role=button]"; // they handle Enter themselves
const OTHERS = `.bc-question, .lm-Widget, dialog, ${TYPED_IN}`; // .lm-Widget: JupyterLab's own keys

// Listens to the keys and returns a function that stops it. `choose` gets the options that a digit may mean; `act` says
// whether there was something to press.
/** @type {(root: HTMLElement, does: { choose: (options: HTMLInputElement[], place: number) => void, act: () => boolean }) => () => void} */
export function listening(root, { choose, act }) {
  /** @param {KeyboardEvent} event */
  function onKeydown(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = /** @type {Element} */ (event.target);
    const within = root.contains(target);
    if (!within && !(root.isConnected && isAlone() && !target.closest?.(OTHERS))) return;
    if (within && target.closest(TYPED_IN)) return;
    if (/^[1-9]$/u.test(event.key)) {
      const options = optionsAt(within ? target : root);
      if (Number(event.key) > options.length) return;
      take(event);
      choose(options, Number(event.key) - 1);
    } else if (event.key === "Enter" && !target.closest?.(PRESSED) && act()) take(event);
  }

  // Returns the options a digit refers to: of several rows, the focused one; if none has the focus, the first without a choice.
  /** @type {(target: Element) => HTMLInputElement[]} */
  function optionsAt(target) {
    const row = target.closest(".bc-field");
    const groups = [...(row ?? root).querySelectorAll(".bc-options")];
    const group = groups.length === 1 ? groups[0] : row ? null : groups.find((group) => !group.querySelector("input:checked"));
    return [...(group?.querySelectorAll("input") ?? [])];
  }

  document.addEventListener("keydown", onKeydown);
  return () => document.removeEventListener("keydown", onKeydown);
}

function isAlone() {
  return document.querySelectorAll("[data-question]").length === 1;
}

/** @param {Event} event */
function take(event) {
  event.preventDefault();
  event.stopImmediatePropagation(); // or the layout would react to the same press
}
