// The view of "form": several small questions on one sheet, each a fieldset of its own.
import { fill, h, rich } from "../../../learner/src/question/dom.js";
import { registerView, typeOf } from "../../../learner/src/question/registry.js";
import { empty } from "../../../learner/src/question/scored.js";
import { answeredLine } from "../matching/answered_line.js";

/** @import { FormQuestion } from "./score.js" */

const FIELD = "input, select, textarea, [tabindex='0'], button";

/** @type {(question: FormQuestion, tools: Tools) => View} */
function viewForm(question, tools) {
  const fields = question.fields.map((field) => {
    // As in an exam: an untouched field is empty, even if the form is for practice.
    const view = typeOf(field).view(field, { ...tools, mode: "exam" });
    const title = field.title ? h("strong", { class: "bc-par" }, field.title) : null;
    const options = /** @type {HTMLElement | undefined} */ (view.body.find((part) => part instanceof HTMLElement && part.matches(".bc-options") && part.querySelector("[type=radio]")));
    const line = options ? answeredLine(options, tools.words) : null;
    const body = view.body.map((part) => (line && part === options ? line.element : part));
    const sheet = h("fieldset", { class: "bc-field" }, h("legend", {}, title, ...rich(field.stem)), ...body);
    return { id: field.id, view, line, sheet, wrong: false };
  });
  return {
    body: [h("div", { class: "bc-form" }, ...fields.map((field) => field.sheet))],
    read() {
      const answers = fields.map((field) => [field.id, field.view.read()]);
      return Object.fromEntries(answers.filter(([, answer]) => !nothing(answer)));
    },
    /** @param {Named<unknown> | null} answer */
    show(answer) {
      for (const { id, view, line } of fields) {
        view.show(answer?.[id] ?? null);
        line?.settle();
      }
    },
    mark(remarks) {
      for (const field of fields) {
        const { id, view, line } = field;
        const inside = remarks.filter(({ on }) => on.startsWith(`${id}/`));
        view.mark(inside.map((rowRemark) => ({ ...rowRemark, on: rowRemark.on.slice(id.length + 1) })));
        line?.mark(inside.length ? inside.every(({ right }) => right) : null);
        if (!remarks.length) continue;
        field.wrong = remarks.some(({ on, right }) => !right && (on === id || on.startsWith(`${id}/`)));
        line?.settle();
      }
    },
    // Keeps the right fields closed and opens the others as they were answered.
    again() {
      const open = fields.filter(({ view, wrong }) => wrong || nothing(view.read()));
      open.forEach(({ line }) => line?.open());
      const sheet = (open[0] ?? fields[0]).sheet;
      return sheet.querySelector("input:checked") ?? sheet.querySelector(FIELD);
    },
    typed: fields.some(({ view }) => view.typed),
  };
}

/** @type {(answer: unknown) => boolean} */
function nothing(answer) {
  return answer === null || (typeof answer === "object" && Object.keys(answer).length === 0);
}

/** @type {(question: FormQuestion, on: string) => string} */
function nameOfField(question, on) {
  const [name, ...inner] = on.split("/");
  const field = question.fields.find((field) => field.id === name);
  const own = field?.title ?? field?.stem ?? "";
  return field && inner.length ? fill("{field}: {choice}", { field: own, choice: typeOf(field).nameOf(field, inner.join("/")) }) : own;
}

/** @type {(question: FormQuestion, answer: Named<unknown> | null) => number} */
function openFields(question, answer) {
  return question.fields.filter((field) => empty(answer?.[field.id]) || typeOf(field).leftOpen(field, answer?.[field.id])).length;
}

registerView("form", viewForm, { nameOf: nameOfField, leftOpen: (question, /** @type {Named<unknown> | null} */ answer) => openFields(question, answer) > 0, openRows: openFields });
