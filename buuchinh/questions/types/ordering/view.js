// The view of "ordering": items with buttons that move them.
import { markRows } from "../../../learner/src/question/choice_view.js";
import { button, fill, h, labelOf } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";

/** @import { OrderingQuestion } from "./score.js" */

/** @type {(question: OrderingQuestion, tools: Tools) => View} */
function viewOrdering(question, { words, changed, mode }) {
  const list = h("ol", { class: "bc-order" });
  const spoken = h("span", { class: "bc-unseen", role: "status" });
  let touched = false;
  let rows = question.items.map((item) => {
    const place = h("span", { class: "bc-place", "aria-hidden": "true" });
    const mark = h("span", { class: "bc-mark" });
    const up = button("↑", () => move(item.id, -1), "bc-move", { "aria-label": fill(words.up, { item: item.text }) });
    const down = button("↓", () => move(item.id, 1), "bc-move", { "aria-label": fill(words.down, { item: item.text }) });
    const row = h("li", { class: "bc-item" }, place, h("span", { class: "bc-option-text" }, item.text, mark), up, down);
    return { id: item.id, text: item.text, place, mark, up, down, row };
  });

  /** @type {(id: string, step: number) => void} */
  function move(id, step) {
    const from = rows.findIndex((row) => row.id === id);
    const to = from + step;
    if (to < 0 || to >= rows.length) return;
    const [moved] = rows.splice(from, 1);
    rows.splice(to, 0, moved);
    touched = true;
    draw();
    const target = step < 0 ? moved.up : moved.down;
    (target.getAttribute("aria-disabled") === "true" ? (step < 0 ? moved.down : moved.up) : target).focus({ preventScroll: true });
    moved.row.scrollIntoView({ block: "nearest" }); // the row stays under the pointer at an edge of the page; focus() would put it in the middle
    spoken.textContent = fill(words.moved, { item: moved.text.replace(/\.$/u, ""), place: to + 1 });
    changed();
  }

  function draw() {
    rows.forEach((row, n) => {
      row.place.textContent = String(n + 1);
      row.up.setAttribute("aria-disabled", String(n === 0));
      row.down.setAttribute("aria-disabled", String(n === rows.length - 1));
    });
    list.replaceChildren(...rows.map((row) => row.row));
  }

  function keep() {
    touched = true;
    changed();
  }

  draw();
  return {
    body: [
      h("p", { class: "bc-hint" }, words.order),
      list,
      mode === "exam" ? button(words.keep_order, keep, "bc-button bc-quiet bc-keep-order") : null,
      spoken,
    ],
    // Returns the order; one that nobody has touched is no answer.
    read: (checking) => (touched || checking ? rows.map((row) => row.id) : null),
    /** @param {string[] | null} answer */
    show(answer) {
      const known = Array.isArray(answer) && answer.length === rows.length && rows.every((row) => answer.includes(row.id));
      if (!known) return;
      touched = true;
      rows = answer.map((id) => /** @type {typeof rows[0]} */ (rows.find((row) => row.id === id)));
      draw();
    },
    mark(remarks) {
      markRows(rows, remarks, words);
    },
  };
}

registerView("ordering", viewOrdering, { nameOf: (question, on) => labelOf(question.items, on) });
