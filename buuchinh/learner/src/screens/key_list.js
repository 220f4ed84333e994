// The list of the keys, which "?" opens.
import { button, h, newId } from "../question/dom.js";

/** @typedef {[keys: string[], between: string, effect: string]} Row */

// The keys of each host, in the order in which they are listed.
/** @type {Record<"page" | "notebook", (words: Record<string, string>) => Row[]>} */
const ROWS = {
  page: (words) => [[["1", "9"], "–", words.choose], [["Enter"], "", words.enter], [["←", "→"], "", words.arrows], [["/"], "", words.search], ...everywhere(words)],
  notebook: (words) => [[["Tab"], "", words.tab], [["1", "9"], "–", words.choose_here], [["Enter"], "", words.enter], [["Shift", "Enter"], "+", words.run], ...everywhere(words)],
};

/** @type {(words: Record<string, string>) => Row[]} */
function everywhere(words) {
  return [[["?"], "", words.list], [["Esc"], "", words.escape]];
}

/** @type {(kind: "page" | "notebook", words: Record<string, string>) => HTMLDialogElement} */
export function keyList(kind, words) {
  const id = newId("keys");
  const rows = ROWS[kind](words).map(([keys, between, effect]) => h("div", {},
    h("dt", {}, ...keys.flatMap((key, n) => [n ? ` ${between} ` : null, h("kbd", {}, key)])), h("dd", {}, effect)));
  const dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: "hoc-law hoc-keys", lang: "vi", "aria-labelledby": id, onclose: () => dialog.remove(), onclick: (event) => event.target === dialog && dialog.close() },
    h("h2", { id }, words.title), h("dl", {}, ...rows), h("p", { class: "hoc-note" }, words.typing),
    h("p", { class: "hoc-row" }, button(words.close, () => dialog.close(), "hoc-button", { autofocus: true }))));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
