// A drawing with regions to choose: by pointer in the drawing, by keyboard in the list beside it. Both are one choice.
import { h } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { viewMultiple } from "../multiple/view.js";
import { draw } from "./drawing.js";

/** @typedef {Choosing & { svg: string, alt: string }} PictureQuestion */

/** @type {(original: PictureQuestion, tools: Tools) => View} */
function viewPicture(original, { words, changed }) {
  const question = { ...original, options: asDrawn(original) };
  const list = viewMultiple(question, { words: /** @type {Words} */ (/** @type {unknown} */ ({ ...words, several: words.several_regions })), changed: onChange });
  const boxes = list.inputs;
  const drawing = draw(question, toggle);
  /** @type {string | null} */
  let pointed = null;
  /** @type {Remark[]} */
  let marks = [];

  function onChange() {
    paint();
    changed();
  }

  /** @type {(id: string) => void} */
  function toggle(id) {
    const box = boxes.get(id);
    if (!box) return;
    box.checked = !box.checked;
    onChange();
  }

  function paint() {
    [...boxes].forEach(([id, box], n) => {
      const mark = marks.find((remark) => remark.on === id);
      const state = mark ? (mark.right ? "right" : "wrong") : box.checked ? "chosen" : id === pointed ? "pointed" : "";
      drawing.show(id, n + 1, state);
    });
  }

  for (const [id, box] of boxes) {
    /** @type {(on: boolean) => () => void} */
    const point = (on) => () => {
      pointed = on ? id : null;
      paint();
    };
    box.addEventListener("focus", point(true));
    box.addEventListener("blur", point(false));
    box.closest("label")?.addEventListener("pointerenter", point(true));
    box.closest("label")?.addEventListener("pointerleave", point(false));
  }
  paint();

  return {
    body: [h("div", { class: "bc-picture-sheet" }, drawing.element, h("div", { class: "bc-picture-list" }, ...list.body.filter(Boolean)))],
    read: list.read,
    /** @param {string[] | null} answer */
    show(answer) {
      list.show(answer);
      paint();
    },
    mark(remarks) {
      marks = remarks;
      list.mark(remarks);
      paint();
    },
  };
}

// Returns the regions in the order in which they are drawn, so that the numbers in the picture follow the eye and "the fifth
// parcel" is the fifth: a random order would put 1 on any of them.
/** @type {(question: PictureQuestion) => Choice[]} */
function asDrawn({ svg, options }) {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml");
  const order = [...drawn.querySelectorAll("[data-region], [id]")].map((element) => element.getAttribute("data-region") ?? element.id);
  /** @type {(option: Choice) => number} */
  const place = ({ id }) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...options].sort((a, b) => place(a) - place(b));
}

registerView("picture", viewPicture);
