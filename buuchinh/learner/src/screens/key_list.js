// The list of the keys, which "?" opens.
import { button, h, newId } from "../question/dom.js";

// The keys of each host, in the order in which they are told: by the sentence that says what they do.
const KEYS = {
  page: { choose: ["1", "9"], enter: ["Enter"], arrows: ["←", "→"], search: ["/"], list: ["?"], escape: ["Esc"] },
  notebook: { tab: ["Tab"], choose_here: ["1", "9"], enter: ["Enter"], run: ["Shift", "Enter"], list: ["?"], escape: ["Esc"] },
};
const BETWEEN = { choose: "–", choose_here: "–", run: "+" };

/** @type {(kind: "page" | "notebook", words: Record<string, string>) => HTMLDialogElement} */
export function keyList(kind, words) {
  const id = newId("keys");
  const rows = Object.entries(KEYS[kind]).map(([name, keys]) => h("div", {},
    h("dt", {}, ...keys.flatMap((key, n) => [n ? ` ${BETWEEN[name] ?? ""} ` : null, h("kbd", {}, key)])), h("dd", {}, words[name])));
  const dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: "hoc-law hoc-keys", lang: "vi", "aria-labelledby": id, onclose: () => dialog.remove(), onclick: (event) => event.target === dialog && dialog.close() },
    h("h2", { id }, words.title), h("dl", {}, ...rows), h("p", { class: "hoc-note" }, words.typing),
    h("p", { class: "hoc-row" }, button(words.close, () => dialog.close(), "hoc-button", { autofocus: true }))));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
