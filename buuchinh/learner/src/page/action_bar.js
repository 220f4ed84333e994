// The bar below a step: the saving status left, the one blue button right. The button's label changes with a press, so it
// ignores further presses for a moment; holding a key presses once.
import { h } from "../question/dom.js";

const GUARD = 600; // milliseconds

/** @typedef {{ label: string, press: () => void, quiet?: boolean }} Pressed */

export function actionBar() {
  const saved = h("div", { class: "hoc-kept" });
  const quiet = h("span", {});
  const main = h("button", { type: "button", class: "hoc-button hoc-act", onclick: pressed, onkeydown: (event) => event.repeat && event.preventDefault() });
  const element = h("div", { class: "hoc-bar hoc-action-bar" }, saved, quiet, main);
  /** @type {Pressed | null} */
  let now = null;
  let closed = 0;

  function pressed() {
    if (!now || Date.now() < closed) return;
    const before = now.label;
    now.press();
    if (now.label !== before) closed = Date.now() + GUARD;
  }

  return {
    element,
    press: pressed,
    /** @param {(Node | null)[]} lines */
    keep: (...lines) => saved.replaceChildren(...lines.filter(Boolean)),
    /** @type {(actions: { main: Pressed, quiet?: Pressed | null }) => void} */
    set(actions) {
      now = actions.main;
      main.textContent = now.label;
      main.className = now.quiet ? "hoc-quiet hoc-act" : "hoc-button hoc-act";
      if (quiet.textContent === (actions.quiet?.label ?? "")) return;
      const had = quiet.contains(document.activeElement);
      quiet.replaceChildren(...(actions.quiet ? [h("button", { type: "button", class: "hoc-quiet hoc-later", onclick: () => actions.quiet.press() }, actions.quiet.label)] : []));
      if (had) (quiet.querySelector("button") ?? main).focus(); // the label changes, the focus stays in the bar
    },
  };
}
