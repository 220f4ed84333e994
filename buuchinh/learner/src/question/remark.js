// One line on a question that is wrong or hard to understand, for its author. It is folded away until it is wanted, and
// says when it is kept.
import { button, fill, h, newId } from "./dom.js";

const LONGEST_REMARK = 500;

// keep(text) starts the way; kept(at) of what is returned confirms it.
/**
 * @param {Words} words
 * @param {string} said
 * @param {(text: string) => void} keep
 */
export function remarking(words, said, keep) {
  const id = newId("remark");
  /** @type {string | null} */
  let going = said; // what is kept or on its way
  const input = h("input", {
    id,
    class: "bc-remark-line",
    type: "text",
    maxlength: LONGEST_REMARK,
    autocomplete: "off",
    value: said,
    onkeydown: onKey,
    onchange: go,
  });
  const told = h("p", { class: "bc-hint", role: "status" }, said ? words.remark_kept : "");
  const element = h("details", { class: "bc-remark", ontoggle: opened }, h("summary", {}, words.remark));

  // Made when it is opened: a page has thirty of them, and hardly one is.
  function opened() {
    if (!element.open || element.contains(input)) return;
    element.append(
      h("label", { for: id }, words.remark_label),
      h("div", { class: "bc-remark-row" }, input, button(words.remark_keep, go, "bc-button bc-quiet")),
      told,
    );
  }

  function go() {
    const text = input.value.trim();
    if (text === going) return;
    going = text;
    told.textContent = words.remark_going;
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
      told.textContent = input.value.trim() ? fill(words.remark_saved, { time: `${two(time.getHours())}:${two(time.getMinutes())}` }) : words.remark_gone;
    },
    /** @param {string} [why] */
    failed(why) {
      going = null;
      told.textContent = why || words.not_saved;
    },
  };
}
