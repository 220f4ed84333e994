// A line on which one option is chosen: chosen by pointer, or left by Tab, it closes to the chosen option, and a press opens it.
// Arrow keys choose as they go, so a line stays open under them.
import { h, verdict } from "../../../learner/src/question/dom.js";

// Returns the line; options: the element that holds the radio buttons.
/** @type {(options: HTMLElement, words: Words) => { element: HTMLElement, settle: () => void, open: () => void, mark: (right: boolean | null) => void }} */
export function answeredLine(options, words) {
  const sign = h("span", { class: "bc-mark" });
  const text = h("span", { class: "bc-answered-text" });
  const closed = h("button", { type: "button", class: "bc-answered", "aria-expanded": "false", hidden: true, onclick: () => open(true) }, sign, text, h("span", { class: "bc-change" }, words.change));
  let byPointer = false;
  let leaving = false;

  /** @type {() => HTMLInputElement | null} */
  const chosen = () => options.querySelector("input:checked");

  // Closes the line if something is chosen, opens it otherwise.
  function settle() {
    const row = chosen()?.closest("label");
    const had = options.contains(document.activeElement);
    text.textContent = row?.querySelector(".bc-option-text")?.textContent ?? "";
    options.hidden = Boolean(row);
    closed.hidden = !row;
    if (had && row && !leaving) closed.focus({ preventScroll: true });
  }

  /** @type {(focus?: boolean) => void} */
  function open(focus = false) {
    options.hidden = false;
    closed.hidden = true;
    if (focus) (chosen() ?? options.querySelector("input"))?.focus();
  }

  options.addEventListener("pointerdown", () => {
    byPointer = true;
  });
  options.addEventListener("keydown", ({ key }) => {
    byPointer = false;
    leaving = key === "Tab";
  });
  options.addEventListener("click", ({ target }) => {
    if (byPointer && target instanceof HTMLInputElement) setTimeout(settle); // after its change event
  });
  options.addEventListener("focusout", ({ relatedTarget }) => {
    if (leaving && chosen() && !options.contains(/** @type {Node | null} */ (relatedTarget))) settle();
    leaving = false;
  });

  return {
    element: h("div", { class: "bc-answering" }, options, closed),
    settle,
    open: () => open(),
    mark(right) {
      sign.replaceChildren(...(right === null ? [] : [verdict(right, words)]));
      closed.classList.toggle("bc-is-right", right === true);
      closed.classList.toggle("bc-is-wrong", right === false);
    },
  };
}
