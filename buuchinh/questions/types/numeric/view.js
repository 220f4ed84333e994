// The view of "numeric": a box, and how what is typed is read.
import { fill, h, newId } from "../../browser/dom.js";
import { formatNumber, parseNumber } from "../../browser/number.js";
import { registerView } from "../../browser/registry.js";
import { unitsOf } from "./score.js";

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

registerView("numeric", viewNumeric);
