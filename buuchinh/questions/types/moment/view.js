// The view of "moment": a box, and how what is typed is read.
import { fill, h, newId } from "../../browser/dom.js";
import { registerView } from "../../browser/registry.js";
import { readMoment } from "./reading.js";
import { asKey } from "./score.js";

export function viewMoment(question, { words, changed }) {
  const hint = newId("hint");
  const input = h("input", {
    type: "text", autocomplete: "off", class: "bc-number bc-typed-moment",
    "aria-label": question.stem, "aria-describedby": hint,
    oninput: () => {
      tellReading();
      changed({ typing: true });
    },
    onchange: () => changed(),
  });
  const reading = h("p", { class: "bc-reading", id: hint, role: "status" }, hintFor(question, words));

  function tellReading() {
    const { text, wrong } = describeMoment(question, input.value, words);
    if (reading.textContent !== text) reading.textContent = text;
    reading.classList.toggle("bc-warn", wrong);
    input.setAttribute("aria-invalid", String(wrong));
  }

  return {
    body: [h("div", { class: "bc-entry" }, input), reading],
    read: () => input.value.trim() || null,
    show(answer) {
      input.value = answer ?? "";
      tellReading();
    },
    mark() {},
  };
}

function describeMoment(question, typed, words) {
  const hint = hintFor(question, words);
  if (!typed.trim()) return { text: hint, wrong: false };
  const moment = readMoment(typed);
  if (!moment) return { text: `${words.not_a_moment} ${hint}`, wrong: true };
  if (asKey(moment, question.asks) === null) {
    return { text: moment.day === null ? words.no_day : words.no_hour, wrong: true };
  }
  return { text: fill(words.read_as, { number: shownMoment(moment, question.asks) }), wrong: false };
}

function hintFor({ asks }, words) {
  return { date: words.moment_hint_date, time: words.moment_hint_time, both: words.moment_hint_both }[asks];
}

function shownMoment({ day, hour }, asks) {
  const [year, month, date] = (day ?? "").split("-");
  const parts = [asks === "date" ? null : hour, asks === "time" ? null : `${date}-${month}-${year}`];
  return parts.filter(Boolean).join(", ");
}

registerView("moment", viewMoment);
