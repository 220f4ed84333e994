// "Ôn tập theo lịch": packs by the day of this person's first answer; what is due is open when the page opens.
import { h } from "../question/dom.js";
import { score } from "../question/scoring.js";
import { askedOn, openWork } from "./asking.js";
import { drillPart } from "./drill_part.js";
import { citedOn } from "./law_dialog.js";
import { entriesOf, isGiven, isoNow } from "../logic/answer_entries.js";
import { linesOf } from "./sheets.js";

const PACK = "1.0.0"; // the version under which packs are kept, in notebooks too
const ONE_DAY = 86400000;

function recordOf(days) {
  return { id: `on-tap-${days}`, version: PACK };
}

async function answersOf(app, { id, version }) {
  return entriesOf(await linesOf(app, id, version));
}

export async function followUpView(app) {
  const page = await app.loaded(app.course.follow);
  app.page = page;
  const open = await app.tool("on-tap");
  const el = h("div", {});
  const below = h("div", {});
  await open({ host: hostOf(app, page, below), page, el });
  return [
    h("h1", { tabindex: "-1" }, page.title),
    h("article", { class: "hoc-sheet" }, below, el),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}

function hostOf(app, page, below) {
  const key = `follow ${app.person ?? ""}`;
  let calendar = null;
  const host = {
    code: app.person,
    score,
    today: isoNow().slice(0, 10),
    started: null,
    lessons: [],
    packs: {},
    own: [],
    state: async () => (await app.journal.get(key)) ?? {},
    keep: (state) => app.journal.set(key, state),
    begin: async () => host.keep({ ...(await host.state()), started: host.today }),
    async look() {
      host.lessons = [];
      for (const lesson of app.course.lessons) {
        const answers = await answersOf(app, lesson);
        if (Object.keys(answers).length) host.lessons.push({ unit: lesson.id, answers, page: await app.loaded(lesson.id) });
      }
      for (const days of page.days) host.packs[days] = await answersOf(app, recordOf(days));
      host.started = await startedOn(app);
      host.own = host.lessons.flatMap(({ unit, answers }) => ownSentences(page, unit, answers));
    },
    address(text) {
      if (calendar) URL.revokeObjectURL(calendar);
      calendar = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
      return calendar;
    },
    async open(days, found, changed) {
      const work = await openWork(app, recordOf(days));
      app.work = work;
      work.watch(changed);
      page.law = Object.assign({}, ...found.map(({ page: lesson }) => lesson.law));
      below.replaceChildren(
        h("h2", { tabindex: "-1" }, app.say("pack_title", { days })),
        ...found.map(({ question, page: lesson }, n) => askedOn(app, work, question, { mode: "practice", citations: citedOn(lesson), number: n + 1, on: app.course.on })),
        ...(page.drilled.includes(days) ? [drillPart(app, `ngay-${days}`)] : []),
      );
      if (below.isConnected) below.querySelector("h2").focus(); // pressed in the list below; what is due is there from the start
    },
  };
  return host;
}

// What was written at the end of a lesson, to be read back.
function ownSentences(page, unit, answers) {
  const written = page.own.filter((id) => typeof answers[id]?.answer === "string" && answers[id].answer.trim());
  return written.map((id) => ({ lesson: unit.replace(/^l0*/u, ""), text: answers[id].answer.trim() }));
}

// The day from which packs are counted: that of the first answer in a lesson, unless another was begun. Null before it.
export async function startedOn(app) {
  const kept = (await app.journal.get(`follow ${app.person ?? ""}`))?.started;
  if (kept) return kept;
  let first = null;
  for (const { id, version } of app.course.lessons) {
    for (const { at } of await linesOf(app, id, version)) if (!first || Date.parse(at) < Date.parse(first)) first = at;
  }
  return first?.slice(0, 10);
}

// The latest pack whose day has come and that has questions left, null where there is none.
export async function dueNow(app) {
  const started = await startedOn(app);
  if (!started) return null;
  const packs = (await app.journal.get(`follow ${app.person ?? ""}`))?.packs ?? {};
  const today = Date.parse(`${isoNow().slice(0, 10)}T00:00:00Z`);
  for (const days of app.course.packs) {
    if (Date.parse(`${started}T00:00:00Z`) + days * ONE_DAY > today) return null;
    const entries = await answersOf(app, recordOf(days));
    const left = packs[days] ? packs[days].filter((id) => !isGiven(entries[id])).length : 1;
    if (left) return days;
  }
  return null;
}
