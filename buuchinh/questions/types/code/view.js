// The view of "code": values that arrive from the cell above; only their form is looked at.
import { isKind } from "../../../learner/src/question/compare.js";
import { fill, h, labelOf } from "../../../learner/src/question/dom.js";
import { formatNumber } from "../../../learner/src/question/number.js";
import { registerView } from "../../../learner/src/question/registry.js";

/** @import { CodeQuestion, Value } from "./score.js" */

/** @type {(question: CodeQuestion, tools: Tools) => View} */
function viewCode(question, { words }) {
  /** @type {Named<unknown> | null} */
  let received = null;
  const body = h("tbody");
  const head = [words.value, words.received, words.form].map((name) => h("th", { scope: "col" }, name));
  const table = h("table", { class: "bc-values" }, h("thead", {}, h("tr", {}, ...head)), body);

  function draw() {
    body.replaceChildren(
      ...question.values.map((value) => {
        const receivedValue = received?.[value.id];
        const missing = receivedValue === undefined || receivedValue === null;
        const fault = missing ? words.not_received : formFault(value, receivedValue, words);
        const state = h("td", { class: fault ? "bc-warn" : "" }, fault ?? fill(words.form_right, { kind: words.kind[value.kind] }));
        return h("tr", {}, h("th", { scope: "row" }, value.label, " ", h("code", {}, value.id)), h("td", {}, missing ? "—" : value.yes_no && (receivedValue === 0 || receivedValue === 1) ? (receivedValue ? words.there : words.not_there) : valueText(receivedValue, words)), state);
      }),
    );
  }

  draw();
  return {
    body: [h("div", { class: "bc-wide", tabindex: "0", role: "group", "aria-label": words.received }, table), h("p", { class: "bc-hint" }, words.code)],
    read: () => received,
    /** @param {Named<unknown> | null} answer */
    show(answer) {
      received = answer;
      draw();
    },
    mark() {},
  };
}

/** @type {(value: Value, actual: unknown, words: Words) => string | null} */
function formFault(value, actual, words) {
  if (!isKind(value.kind, actual)) return fill(words.form_wrong, { kind: words.kind[value.kind] });
  if (value.kind === "table") {
    const lacking = (value.columns ?? []).filter((name) => !/** @type {TableValue} */ (actual).columns.includes(name));
    return lacking.length ? fill(words.no_columns, { columns: lacking.join(", ") }) : null;
  }
  if (typeof actual !== "number") return null;
  if (typeof value.minimum === "number" && actual < value.minimum) return fill(words.below, { limit: formatNumber(value.minimum) });
  if (typeof value.maximum === "number" && actual > value.maximum) return fill(words.above, { limit: formatNumber(value.maximum) });
  return null;
}

/** @type {(value: unknown, words: Words) => string} */
function valueText(value, words) {
  if (typeof value === "number") return formatNumber(value);
  if (Array.isArray(value)) return value.length > 8 ? fill(words.list_of, { count: value.length }) : value.map((item) => valueText(item, words)).join("; ");
  const table = /** @type {TableValue | null} */ (value);
  if (table?.columns && table.rows) return fill(words.table_of, { rows: table.rows.length, columns: table.columns.join(", ") });
  return String(value ?? "—");
}

/** @type {(question: CodeQuestion, on: string) => string} */
function nameOfValue(question, on) {
  return labelOf(question.values.map(({ id, label }) => ({ id, text: label })), on);
}

registerView("code", viewCode, {
  checked: false,
  fromCode: true,
  nameOf: nameOfValue,
  leftOpen: (question, /** @type {Named<unknown> | null} */ answer) => question.values.some(({ id }) => (answer?.[id] ?? null) === null),
});
