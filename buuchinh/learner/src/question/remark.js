// A learner's one-line remark to the author that a question is wrong or hard to understand. It is folded away until wanted,
// and says when it is saved.
import { button, fill, h, newId } from "./dom.js";

const LONGEST_REMARK = 500;

// Returns the remark's element; keep(text) starts saving, kept(at) on the returned object confirms it.
/**
 * @param {Words} words
 * @param {string} text
 * @param {(text: string) => void} keep
 */
export function remarking(words, text, keep) {
  const id = newId("remark");
  /** @type {string | null} */
  let going = text; // the text saved or being saved
  const input = h("input", {
    id,
    class: "bc-remark-line",
    type: "text",
    maxlength: LONGEST_REMARK,
    autocomplete: "off",
    value: text,
    onkeydown: onKey,
    onchange: go,
  });
  const status = h("p", { class: "bc-hint", role: "status" }, text ? words.remark_kept : "");
  const element = h("details", { class: "bc-remark", ontoggle: opened }, h("summary", {}, words.remark));

  // Fills the fold when it is opened: a page has thirty of them, and hardly one is opened.
  function opened() {
    if (!element.open || element.contains(input)) return;
    element.append(
      h("label", { for: id }, words.remark_label),
      h("div", { class: "bc-remark-row" }, input, button(words.remark_keep, go, "bc-button bc-quiet")),
      status,
    );
  }

  function go() {
    const text = input.value.trim();
    if (text === going) return;
    going = text;
    status.textContent = words.remark_going;
    keep(text);
  }

  /** @type {(event: KeyboardEvent) => void} */
  function onKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    go();
  }

  return {
    element,
    /** @param {string} at */
    kept(at) {
      const time = new Date(at);
      /** @type {(value: number) => string} */
      const two = (value) => String(value).padStart(2, "0");
      status.textContent = input.value.trim() ? fill(words.remark_saved, { time: `${two(time.getHours())}:${two(time.getMinutes())}` }) : words.remark_gone;
    },
    /** @param {string} [why] */
    failed(why) {
      going = null;
      status.textContent = why || words.not_saved;
    },
  };
}
