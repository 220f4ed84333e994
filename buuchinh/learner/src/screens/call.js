// A number to call. A desktop computer has no telephone: there the press of a link that calls opens a dialog of the system, which
// leaves the page without presses until it is loaded again.
import { h } from "../question/dom.js";

export const onDesktop = () => matchMedia("(min-width: 48rem) and (hover: hover) and (pointer: fine)").matches;

// Returns a link that calls a number; on a desktop computer `instead`, where the number is only read.
export function call(number, attributes, content, instead) {
  return onDesktop() ? instead : h("a", { ...attributes, href: `tel:${number}` }, ...content);
}
