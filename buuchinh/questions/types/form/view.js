// The view of "form": several small questions on one sheet, each a fieldset of its own.
import { fill, h, rich } from "../../../learner/src/question/dom.js";
import { registerView, typeOf } from "../../../learner/src/question/registry.js";
import { empty } from "../../../learner/src/question/scored.js";

/** @import { FormQuestion } from "./score.js" */

/** @type {(question: FormQuestion, tools: Tools) => View} */
export function viewForm(question, tools) {
  const fields = question.fields.map((field) => {
    // As in an exam: a field that nobody touched is empty, also where the form is to practise with.
    const view = typeOf(field).view(field, { ...tools, mode: "exam" });
    const title = field.title ? h("strong", { class: "bc-par" }, field.title) : null;
    const sheet = h("fieldset", { class: "bc-field" }, h("legend", {}, title, ...rich(field.stem)), ...view.body);
    return { id: field.id, view, sheet };
  });
  return {
    body: [h("div", { class: "bc-form" }, ...fields.map((one) => one.sheet))],
    read() {
      const given = fields.map((one) => [one.id, one.view.read()]);
      return Object.fromEntries(given.filter(([, answer]) => !nothing(answer)));
    },
    /** @param {Named<unknown> | null} answer */
    show(answer) {
      for (const one of fields) one.view.show(answer?.[one.id] ?? null);
    },
    mark(remarks) {
      for (const { id, view } of fields) {
        const inside = remarks.filter(({ on }) => on.startsWith(`${id}/`));
        view.mark(inside.map((one) => ({ ...one, on: one.on.slice(id.length + 1) })));
      }
    },
  };
}

/** @type {(answer: unknown) => boolean} */
function nothing(answer) {
  return answer === null || (typeof answer === "object" && Object.keys(answer).length === 0);
}

/** @type {(question: FormQuestion, on: string) => string} */
function nameOfField(question, on) {
  const [name, ...inner] = on.split("/");
  const field = question.fields.find((one) => one.id === name);
  const own = field?.title ?? field?.stem ?? "";
  return field && inner.length ? fill("{field}: {choice}", { field: own, choice: typeOf(field).nameOf(field, inner.join("/")) }) : own;
}

/** @type {(question: FormQuestion, answer: Named<unknown> | null) => boolean} */
function leftOpenForm(question, answer) {
  return question.fields.some((field) => empty(answer?.[field.id]) || typeOf(field).leftOpen(field, answer?.[field.id]));
}

registerView("form", viewForm, { nameOf: nameOfField, leftOpen: leftOpenForm });
