// "Ôn tập theo lịch": packs by the day of this person's first answer; the pack that is due is open when the page opens.
import { h } from "../question/dom.js";
import { score } from "../question/scoring.js";
import { isRight } from "../question/is_right.js";
import { isAnswered, isoNow } from "../logic/answer_entries.js";
import { answersOf, recordOf, startedOn } from "../work/packs.js";
import { openWork } from "../work/work.js";
import { drillPart } from "./drill.js";
import { citedOn } from "./law_dialog.js";
import { mountQuestion } from "./question_part.js";
import { FOLLOW_UP_SCRIPT } from "../routes.js";

/** @param {Host} host */
export async function followUpView(host) {
  const page = await host.loaded(host.course.follow);
  host.page = page;
  const open = await host.tool(FOLLOW_UP_SCRIPT);
  const el = h("div", {});
  const below = h("div", {});
  await open({ host: scheduleOf(host, page, below), page, el });
  return [
    h("h1", { tabindex: "-1" }, page.title),
    h("article", { class: "hoc-sheet" }, below, el),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}

// Returns the host of the schedule: reads and saves a person's state, and opens a pack below.
/** @param {Host} host */
function scheduleOf(host, page, below) {
  let calendar = null;
  const schedule = {
    code: host.person,
    score,
    today: isoNow().slice(0, 10),
    started: null,
    lessons: [],
    packs: {},
    own: [],
    state: async () => (await host.journal.read("follow_up")) ?? {},
    keep: (state) => host.journal.write("follow_up", { started: schedule.started, ...state }),
    async look() {
      schedule.lessons = [];
      for (const lesson of host.course.lessons) {
        const answers = await answersOf(host, lesson);
        if (!Object.keys(answers).length) continue;
        const [page, seen] = await Promise.all([host.loaded(lesson.id), host.journal.read("seen", lesson.id)]);
        schedule.lessons.push({ unit: lesson.id, answers, page, parts: seen?.version === page.version ? seen.parts : [] });
      }
      for (const days of page.days) schedule.packs[days] = await answersOf(host, recordOf(days));
      schedule.started = await startedOn(host);
      schedule.own = schedule.lessons.flatMap(({ unit, answers }) => ownSentences(page, unit, answers));
    },
    address(text) {
      if (calendar) URL.revokeObjectURL(calendar);
      calendar = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
      return calendar;
    },
    async open(days, questions, changed) {
      const work = await openWork(host, recordOf(days));
      host.work = work;
      const summary = h("p", { class: "hoc-big", role: "status" });
      const tell = () => (summary.textContent = summaryOf(host, questions, work.entries()));
      work.watch(changed);
      work.watch(tell);
      page.law = Object.assign({}, ...questions.map(({ page: lesson }) => lesson.law));
      below.replaceChildren(
        h("h2", { tabindex: "-1" }, host.say("pack_title", { days })),
        ...questions.map(({ question, page: lesson }, n) => mountQuestion(host, work, question, { mode: "practice", citations: citedOn(lesson), number: n + 1, on: host.course.on })),
        summary,
        ...(page.drilled.includes(days) ? [drillPart(host, `ngay-${days}`)] : []),
      );
      tell();
      if (below.isConnected) below.querySelector("h2").focus(); // pressed in the list below; due packs are open from the start
    },
  };
  return schedule;
}

// Says how many of a pack were right at the first try, once all are answered.
/** @param {Host} host */
function summaryOf(host, questions, entries) {
  if (!questions.every(({ question }) => isAnswered(entries[question.id]))) return "";
  const right = questions.filter(({ question }) => isRight(question, entries[question.id].first, host.course.on)).length;
  return host.say(right < questions.length ? "pack_right" : "pack_all_right", { right, total: questions.length });
}

// Returns the sentences written at the end of a lesson, to be read back.
export function ownSentences(page, unit, answers) {
  const written = page.own.filter((id) => typeof answers[id]?.answer === "string" && answers[id].answer.trim());
  return written.map((id) => ({ lesson: unit.replace(/^l0*/u, ""), text: answers[id].answer.trim() }));
}
