// The view of "moment": a box, and how the typed text is read.
import { fill } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { viewTyped } from "../../../learner/src/question/text_field.js";
import { readMoment } from "./reading.js";
import { asKey } from "./score.js";

/** @import { Moment } from "./reading.js" */
/** @import { Asks, MomentQuestion } from "./score.js" */

/** @type {(question: MomentQuestion, tools: Tools) => View} */
function viewMoment(question, { words, changed }) {
  return viewTyped(question, { changed, wide: true, describe: (typed) => describeMoment(question, typed, words) });
}

/** @type {(question: MomentQuestion, typed: string, words: Words) => { text: string, wrong: boolean }} */
function describeMoment(question, typed, words) {
  const hint = hintFor(question, words);
  if (!typed.trim()) return { text: hint, wrong: false };
  const moment = readMoment(typed);
  if (!moment) return { text: `${words.not_a_moment} ${hint}`, wrong: true };
  if (asKey(moment, question.asks) === null) {
    return { text: moment.day === null ? words.no_day : words.no_hour, wrong: true };
  }
  return { text: fill(words.read_as, { number: momentText(moment, question.asks) }), wrong: false };
}

/** @type {(question: MomentQuestion, words: Words) => string} */
function hintFor({ asks }, words) {
  return { date: words.moment_hint_date, time: words.moment_hint_time, both: words.moment_hint_both }[asks];
}

/** @type {(moment: Moment, asks: Asks) => string} */
function momentText({ day, hour }, asks) {
  const [year, month, date] = (day ?? "").split("-");
  const parts = [asks === "date" ? null : hour, asks === "time" ? null : `${date}-${month}-${year}`];
  return parts.filter(Boolean).join(", ");
}

registerView("moment", viewMoment);
