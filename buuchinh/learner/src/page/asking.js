// One question on a page: which variant it is, what was answered before, and each answer into the journal.
import { h } from "../question/dom.js";
import { mount } from "../question/question.js";
import { typeOf } from "../question/registry.js";
import { score } from "../question/scoring.js";
import { draftOf } from "./drafts.js";
import { askToLast } from "./lasting.js";
import { chosenBy, sha256, utf8 } from "../logic/sha256.js";
import { placeOf, unitPlaces } from "./journal.js";
import { entriesOf, isGiven, isoNow } from "../logic/answer_entries.js";
import { isGraded, linesOf } from "./sheets.js";

// The work of one person on one unit: what was answered, and a way to add to it.
export async function openWork(app, page) {
  const place = placeOf(app.person ?? "", page.id, page.version);
  const lines = await linesOf(app, page.id, page.version);
  const ours = isGraded(app, page.id) ? place : unitPlaces(app.person ?? "", page.id);
  const watchers = new Set();
  const said = await saidBy(app);
  const work = {
    remarkOn: (id) => said[id]?.text ?? "",
    // A line on a question that is wrong or hard to understand; an empty one takes it back.
    async remark(question, text) {
      const at = isoNow();
      const all = await saidBy(app);
      if (text || all[question]) all[question] = { question, text, at };
      await app.journal.set(remarksPlace(app), all);
      return at;
    },
    draft: (id) => draftOf(app, place, id),
    entries: () => entriesOf(lines),
    given: (id) => isGiven(entriesOf(lines)[id]),
    // "empty", "partly" (a part that is asked for is open) or "whole".
    state(question) {
      const entry = entriesOf(lines)[question.id];
      if (!isGiven(entry)) return "empty";
      return typeOf(question).leftOpen(question, entry.answer) ? "partly" : "whole";
    },
    watch: (watcher) => watchers.add(watcher),
    async put(id, answer, typed) {
      const line = { id, answer, at: isoNow(), origin: "choice", ...(typed ? { typed: true } : {}) };
      await app.journal.append(place, line);
      lines.push(line);
      app.told(place, line);
      askToLast(app.journal).catch(() => {});
      watchers.forEach((watcher) => watcher());
      return line.at;
    },
    // What another window of this browser has just kept.
    heard(from, line) {
      if (!from.startsWith(ours)) return false;
      lines.push(line);
      watchers.forEach((watcher) => watcher());
      return true;
    },
  };
  return work;
}

const remarksPlace = (app) => `remarks ${app.person ?? ""}`;

// What somebody says of questions, by question: it goes along in each hand-in.
export async function saidBy(app) {
  return { ...((await app.journal.get(remarksPlace(app))) ?? {}) };
}

// Which of a question's variants is asked: the one that was answered, else the one of the code, as questions/variants.py
// picks it. Who gives a code keeps what he answered as a guest.
export function variantOf(page, name, code, entries = {}) {
  const made = page.questions[name];
  if (made.length === 1) return made[0];
  const answered = made.filter(({ id }) => isGiven(entries[id])).sort((one, other) => entries[other.id].at.localeCompare(entries[one.id].at))[0];
  if (answered) return answered;
  return made[chosenBy(sha256(utf8([page.seed, page.version, name, code ?? ""].join("/"))), made.length)];
}

export function askedOn(app, work, question, { mode, citations, number, extra = false, on, level = 3 }) {
  const where = h("div", {});
  const typed = app.course.typed.includes(question.type);
  const entry = work.entries()[question.id];
  const again = h("p", { class: "hoc-again" }, ...(mode === "practice" && isGiven(entry) ? offered(app, question, entry.answer, on) : []));
  const handle = mount(where, {
    question,
    mode,
    on,
    citations,
    words: app.words,
    answer: entry?.answer ?? null,
    answeredAt: entry?.at ?? null,
    headingLevel: level,
    draft: work.draft(question.id),
    remark: work.remarkOn(question.id),
    onRemark(text) {
      work.remark(question.id, text).then(
        (at) => handle.remarked(at),
        () => handle.remarkFailed(app.say("not_saved")),
      );
    },
    onAnswer(answer, sent) {
      if (mode === "practice") again.replaceChildren(...offered(app, question, answer, on));
      work.put(question.id, answer, typed).then(
        (at) => (app.journal.kept ? handle.saved(at, sent) : handle.saved(at, sent, app.say("in_this_window"))),
        () => handle.failed(app.say("not_saved")),
      );
    },
  });
  app.shown.set(question.id, handle);
  // The bar below may stand over what was just told.
  where.addEventListener("click", (event) => {
    if (event.target.closest(".bc-actions")) where.querySelector(".bc-feedback")?.scrollIntoView({ block: "nearest" });
  });
  const label = number ? h("p", { class: "hoc-number" }, app.say(extra ? "number_extra" : "number", { number })) : null;
  return h("section", { class: "hoc-question", id: `hoc-${question.id}` }, label, where, again);
}

// After a wrong answer in a lesson: three more on the same objective, where the lesson has any.
function offered(app, question, answer, on) {
  const { page } = app;
  if (page?.kind !== "lesson") return [];
  const name = Object.keys(page.questions).find((one) => page.questions[one].some(({ id }) => id === question.id));
  if (!name || !typeOf(question).scored || typeOf(question).leftOpen(question, answer) || score(question, answer, on).fraction > 1 - 1e-9) return [];
  const others = Object.values(page.questions).some((made) => made.some((one) => one.id !== question.id && one.objective === question.objective && one.keys && typeOf(one).scored));
  return others ? [h("a", { class: "hoc-quiet", href: `#/lam-lai/${page.id}/${name}` }, app.say("again"))] : [];
}
