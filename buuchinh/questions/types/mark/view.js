// The view of "mark": a document whose passages are buttons inside the running text.
import { h, labelOf, rich, verdict } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { passagesOf } from "./score.js";

/** @import { MarkQuestion } from "./score.js" */
/** @typedef {{ element: HTMLElement, mark: HTMLElement, text: string }} Passage */

const CLOSES = /^[.,;:!?)”…%]/u;
const OPENS = /[(“]$/u;

/** @type {(question: MarkQuestion, tools: Tools) => View} */
function viewMark(question, { words, changed }) {
  const passages = new Map(passagesOf(question).map((item) => [item.id, passage(item)]));

  // Makes a span, since an HTML button does not break over lines as the words around it do.
  /** @type {(choice: Choice) => Passage} */
  function passage({ id, text }) {
    const mark = h("span", { class: "bc-mark" });
    const element = h(
      "span",
      {
        class: "bc-passage", role: "button", tabindex: "0", "aria-pressed": "false", "data-passage": id,
        onclick: () => toggle(id),
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          if (!event.repeat) toggle(id);
        },
      },
      text,
      mark,
    );
    return { element, mark, text };
  }

  /** @type {(id: string) => void} */
  function toggle(id) {
    press(id, !isPressed(id));
    changed();
  }

  /** @type {(id: string) => boolean} */
  function isPressed(id) {
    return passages.get(id)?.element.getAttribute("aria-pressed") === "true";
  }

  /** @type {(id: string, on: boolean) => void} */
  function press(id, on) {
    passages.get(id)?.element.setAttribute("aria-pressed", String(on));
  }

  /** @type {(pieces: (string | Choice)[]) => HTMLElement} */
  function paragraph(pieces) {
    /** @type {Child[]} */
    const made = [];
    let before = "";
    for (const piece of pieces) {
      const text = typeof piece === "string" ? piece : piece.text;
      if (before && !OPENS.test(before) && !CLOSES.test(text)) made.push(" ");
      if (typeof piece === "string") made.push(...rich(piece).flatMap((line) => [...line.childNodes]));
      else made.push(passages.get(piece.id)?.element);
      before = text;
    }
    const choosable = pieces.some((piece) => typeof piece !== "string");
    return h("p", choosable ? { class: "bc-to-choose" } : {}, ...made);
  }

  const heading = question.heading ? h("p", { class: "bc-document-heading" }, question.heading) : null;
  const paragraphs = question.document.map((item) => paragraph(Array.isArray(item) ? item : [item]));
  return {
    body: [h("p", { class: "bc-hint" }, words.mark_passages), h("div", { class: "bc-document" }, heading, ...paragraphs)],
    read: () => [...passages.keys()].filter(isPressed),
    /** @param {string | string[] | null} answer */
    show(answer) {
      const chosen = [answer].flat();
      for (const id of passages.keys()) press(id, chosen.includes(id));
    },
    mark(remarks) {
      for (const [id, { element, mark }] of passages) {
        const passageRemark = remarks.find((remark) => remark.on === id);
        mark.replaceChildren(...(passageRemark ? [" ", verdict(passageRemark.right, words)] : []));
        element.classList.toggle("bc-is-right", passageRemark?.right === true);
        element.classList.toggle("bc-is-wrong", passageRemark?.right === false);
      }
    },
  };
}

registerView("mark", viewMark, { nameOf: (question, on) => labelOf(passagesOf(question), on) });
