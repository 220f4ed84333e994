// The results of a person's learning, as "Của tôi" shows them: each lesson with its objectives, the questions to meet again,
// the days of review.
import { score } from "../../question/scoring.js";
import { isAnswered, isoNow } from "../../logic/answer_entries.js";
import { dayAfter, masteryOf } from "../../logic/review_packs.js";
import { coreOf, questionsOf } from "../../logic/variants.js";
import { workOf } from "../../screens/follow_up/model.js";
import { ownSentences } from "../../screens/follow_up.js";
import { resultOf } from "../../screens/lesson_end.js";
import { answersOf, recordOf, startedOn } from "../../work/packs.js";
import { openOf } from "../../work/standing.js";

const REVIEW_DAYS = 2; // days of review that are shown

// Returns the day on which the main part of a lesson was finished, null before it: the saved day, else that of its latest
// answer.
export async function finishedDay(host, unit, entries) {
  if (!unit.core?.length || openOf(unit.core, entries).length) return null;
  const savedDay = (await host.journal.read("seen", unit.id))?.day;
  const days = unit.core.flatMap((ids) => ids.split(" ")).filter((id) => isAnswered(entries[id])).map((id) => entries[id].at.slice(0, 10));
  return savedDay ?? days.sort()[days.length - 1];
}

// Returns the lessons with an answer: {unit, page, entries, day, objectives, wrong}; packs: [{days, day, open}]; own: the
// sentences that one wrote for oneself. `objectives` is empty without a follow-up, which has them.
export async function answeredLessons(host) {
  const follow = host.course.follow ? await host.loaded(host.course.follow) : null;
  const lessons = [];
  for (const unit of host.course.lessons) {
    const entries = await host.journal.entries({ unit: unit.id, version: unit.version });
    if (Object.values(entries).some(isAnswered)) lessons.push({ unit, entries, page: await host.loaded(unit.id), day: await finishedDay(host, unit, entries) });
  }
  const today = isoNow().slice(0, 10);
  const packs = {};
  for (const days of follow?.days ?? []) packs[days] = await answersOf(host, recordOf(days));
  const sits = follow ? masteryOf(workOf({ lessons: lessons.map(({ page, entries }) => ({ page, answers: entries })), packs, score, today }, follow.about).attempts) : new Map();
  return {
    lessons: lessons.map((lesson) => ({ ...lesson, objectives: objectivesOf(follow, lesson.unit.id, sits), wrong: wrongIn(host, lesson) })),
    own: follow ? lessons.flatMap(({ unit, entries }) => ownSentences(follow, unit.id, entries)) : [],
    packs: await packsAhead(host, follow, packs, today),
  };
}

// Returns the objectives in the order of the lesson: {title, last, word}; last: for each of the latest questions, whether it
// was right at the first try.
function objectivesOf(follow, id, sits) {
  const number = Number(id.slice(1));
  return (follow?.objectives ?? []).filter(({ lesson }) => Number(lesson) === number).map(({ id: objective, title }) => {
    const { last, mastered } = sits.get(objective) ?? { last: [], mastered: null };
    return { title, last, word: mastered ? "sits" : mastered === false ? "sits_not" : last.length ? "sits_open" : "sits_unmet" };
  });
}

// Returns the questions of the main part that were not right at the first try: {name, question, at, title}.
function wrongIn(host, { page, entries }) {
  const questions = questionsOf(page, host.person, entries);
  return resultOf(coreOf(page), questions, entries, host.course.on).wrong.map((name) => {
    const screenNumber = page.screens.findIndex(({ parts }) => parts.some((part) => part.ask === name)) + 1;
    return { name, question: questions[name], at: screenNumber, title: questions[name].title ?? page.screens[screenNumber - 1].title };
  });
}

async function packsAhead(host, follow, packs, today) {
  const started = follow ? await startedOn(host) : null;
  if (!started) return [];
  const chosen = (await host.journal.read("follow_up"))?.packs ?? {};
  const isDone = (days) => chosen[days]?.length > 0 && chosen[days].every((id) => isAnswered(packs[days][id]));
  return follow.days.filter((days) => !isDone(days)).slice(0, REVIEW_DAYS).map((days) => ({ days, day: dayAfter(started, days), open: dayAfter(started, days) <= today }));
}
