// Views of what is typed: a number, words, an opinion; and of values that arrive from code.
import { fill, h, newId } from "./dom.js";
import { isKind } from "./comparing.js";
import { formatNumber, parseNumber } from "./number.js";
import { unitsOf } from "./score-simple.js";
import { viewSingle } from "./view-choice.js";

export function viewNumeric(question, { words, changed }) {
  const hint = newId("hint");
  const input = h("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", class: "bc-number",
    "aria-label": question.stem, "aria-describedby": hint,
    oninput: () => {
      tellReading();
      changed({ typing: true });
    },
    onchange: () => changed(),
  });
  const reading = h("p", { class: "bc-reading", id: hint, role: "status" }, words.number_hint);

  function tellReading() {
    const { text, wrong } = describeNumber(question, input.value, words);
    if (reading.textContent !== text) reading.textContent = text;
    reading.classList.toggle("bc-warn", wrong);
    input.setAttribute("aria-invalid", String(wrong));
  }

  return {
    body: [h("div", { class: "bc-entry" }, input, question.unit ? h("span", { class: "bc-unit" }, question.unit) : null), reading],
    read: () => input.value.trim() || null,
    show(answer) {
      input.value = typeof answer === "number" ? formatNumber(answer) : (answer ?? "");
      tellReading();
    },
    mark() {},
  };
}

function describeNumber(question, typed, words) {
  if (!typed.trim()) return { text: words.number_hint, wrong: false };
  const read = parseNumber(typed, unitsOf(question));
  if (read.fault === "ambiguous") {
    const [whole, fraction] = typed.match(/[0-9]+/gu);
    return { text: fill(words.ambiguous, { typed: typed.trim(), whole: `${whole}${fraction}`, decimal: `${whole},${fraction}0` }), wrong: true };
  }
  if (read.fault) return { text: words.not_a_number, wrong: true };
  const { minimum, maximum } = question;
  const low = minimum !== undefined && minimum !== null && read.value < minimum;
  const high = maximum !== undefined && maximum !== null && read.value > maximum;
  const shown = `${formatNumber(read.value)}${question.unit ? ` ${question.unit}` : ""}`;
  if (low) return { text: fill(words.too_low, { number: shown, limit: formatNumber(minimum) }), wrong: true };
  if (high) return { text: fill(words.too_high, { number: shown, limit: formatNumber(maximum) }), wrong: true };
  return { text: fill(words.read_as, { number: shown }), wrong: false };
}

export function viewText(question, { words, changed, mode }) {
  const lines = question.lines ?? (question.type === "survey" ? 3 : 1);
  const common = { "aria-label": question.stem, oninput: () => changed({ typing: true }), onchange: () => changed() };
  const box =
    lines > 1 || question.manual
      ? h("textarea", { ...common, class: "bc-area", rows: Math.max(lines, 3), maxlength: 5000 })
      : h("input", { ...common, type: "text", class: "bc-line", autocomplete: "off", maxlength: 5000 });
  return {
    body: [box, question.manual && mode === "exam" ? h("p", { class: "bc-hint" }, words.manual) : null],
    read: () => (box.value.trim() ? box.value : null),
    show(answer) {
      box.value = answer ?? "";
    },
    mark() {},
  };
}

export function viewSurvey(question, tools) {
  const view = question.options?.length ? viewSingle(question, tools) : viewText(question, tools);
  return { ...view, body: [...view.body, h("p", { class: "bc-hint" }, tools.words.survey)] };
}

// Nothing is typed here: the values come from the cell above, and only their form is looked at.
export function viewCode(question, { words }) {
  let received = null;
  const body = h("tbody");
  const head = [words.value, words.received, words.form].map((name) => h("th", { scope: "col" }, name));
  const table = h("table", { class: "bc-values" }, h("thead", {}, h("tr", {}, ...head)), body);

  function draw() {
    body.replaceChildren(
      ...question.values.map((value) => {
        const given = received?.[value.id];
        const missing = given === undefined || given === null;
        const fault = missing ? words.not_received : formFault(value, given, words);
        const state = h("td", { class: fault ? "bc-warn" : "bc-fine" }, fault ?? words.form_right);
        return h("tr", {}, h("th", { scope: "row" }, value.label, " ", h("code", {}, value.id)), h("td", {}, missing ? "—" : shown(given, words)), state);
      }),
    );
  }

  draw();
  return {
    body: [h("div", { class: "bc-wide", tabindex: "0", role: "group", "aria-label": words.received }, table), h("p", { class: "bc-hint" }, words.code)],
    read: () => received,
    show(answer) {
      received = answer;
      draw();
    },
    mark() {},
  };
}

function formFault(value, given, words) {
  if (!isKind(value.kind, given)) return fill(words.form_wrong, { kind: words.kind[value.kind] });
  if (value.kind === "table") {
    const lacking = (value.columns ?? []).filter((name) => !given.columns.includes(name));
    return lacking.length ? fill(words.no_columns, { columns: lacking.join(", ") }) : null;
  }
  if (typeof given !== "number") return null;
  if (typeof value.minimum === "number" && given < value.minimum) return fill(words.below, { limit: formatNumber(value.minimum) });
  if (typeof value.maximum === "number" && given > value.maximum) return fill(words.above, { limit: formatNumber(value.maximum) });
  return null;
}

function shown(given, words) {
  if (typeof given === "number") return formatNumber(given);
  if (Array.isArray(given)) return given.length > 8 ? fill(words.list_of, { count: given.length }) : given.map((one) => shown(one, words)).join("; ");
  if (given?.columns && given.rows) return fill(words.table_of, { rows: given.rows.length, columns: given.columns.join(", ") });
  return String(given ?? "—");
}
