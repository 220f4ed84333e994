// The schedule of the follow-up: its packs, and how well each objective is mastered.
import { calendarOf, choosePack, dayAfter, masteryOf } from "../../logic/review_packs.js";

const TURNS = { missed: 0, unasked: 1, known: 2, reviewed: 3, unread: 4 };
const UNSCORED = ["manual", "unscored", "no_key"];

// Returns the practice questions of all lessons with an answer, and the first answer to each.
// host: {lessons: [{unit, answers, page, parts}], packs: {days: entries}, score, today}; about: the page's table of questions.
export function workOf(host, about) {
  const questions = new Map();
  for (const { page } of host.lessons) {
    for (const question of Object.values(page.questions).flat()) questions.set(question.id, { question, page });
  }
  const offered = [...questions.values()]
    .filter(({ question }) => question.keys?.length && about[question.id])
    .map(({ question }) => ({ id: question.id, ...about[question.id] }));
  const attempts = [...host.lessons.map(({ answers }) => answers), ...Object.values(host.packs)].flatMap((answers) =>
    Object.entries(answers).flatMap(([id, entry]) => attemptOf(questions.get(id)?.question, about[id], entry, host)));
  const reviewed = new Set(Object.values(host.packs).flatMap((answers) => Object.keys(answers)));
  return { questions, offered, attempts, met: new Set(host.lessons.flatMap(metIn)), reviewed };
}

// Returns the ids asked on screens that were read or on which something was answered. parts: the screens that were looked at,
// from 1, as far as a host knows.
function metIn({ answers, page, parts = [] }) {
  const idsOn = (screen) => screen.parts.flatMap(({ ask }) => page.questions[ask]?.map(({ id }) => id) ?? []);
  const read = page.screens.map(idsOn).filter((ids, n) => parts.includes(n + 1) || ids.some((id) => id in answers));
  return [...Object.keys(answers), ...read.flat()];
}

// Returns when a question has its turn: first those not right when last asked, last those in parts that nobody read.
// A question of an earlier pack waits, answered or not, until everything else that was read has been asked.
function turnsOf(offered, { attempts, met, reviewed }, before) {
  const nameOf = new Map(offered.map(({ id, asked: name }) => [id, name]));
  const right = new Map([...attempts].sort((a, b) => a.at - b.at).map((attempt) => [nameOf.get(attempt.question), attempt.right]));
  const among = (ids) => new Set([...ids].map((id) => nameOf.get(id)));
  const [packed, answered, read] = [among(before), among(reviewed), among(met)];
  return ({ asked: name }) => {
    if (right.get(name) === false && (!packed.has(name) || answered.has(name))) return TURNS.missed;
    if (packed.has(name)) return TURNS.reviewed;
    if (!read.has(name)) return TURNS.unread;
    return right.has(name) ? TURNS.known : TURNS.unasked;
  };
}

function attemptOf(question, page, entry, host) {
  if (!question || !page?.objective || !page.scored) return [];
  const result = host.score(question, entry.first, host.today);
  if (UNSCORED.includes(result.reason)) return [];
  return [{ objective: page.objective, question: question.id, right: result.fraction >= 1, at: Date.parse(entry.at) || 0 }];
}

// Returns the ids of a pack: chosen when it is first opened and saved from then on.
export function packOf(state, days, work, code, size) {
  const { offered, attempts } = work;
  const known = new Set(offered.map(({ id }) => id));
  const savedPack = (state.packs?.[days] ?? []).filter((id) => known.has(id));
  if (savedPack.length) return savedPack;
  const before = Object.values(state.packs ?? {}).flat();
  const seen = new Set([...before, ...attempts.map(({ question }) => question)]);
  const turnOf = turnsOf(offered, work, before);
  return choosePack(offered.map((item) => ({ ...item, turn: turnOf(item) })), masteryOf(attempts), seen, `${code || "khach"}/${days}`, size);
}

// Returns the data that the script shows; `host.today` and the days of packs are ISO days.
export function scheduleOf(page, host, state, { attempts }) {
  const standing = masteryOf(attempts);
  const objectives = page.objectives
    .filter(({ id }) => standing.has(id))
    .map(({ id, title, lesson }) => ({ title, lesson, right: standing.get(id).right, count: standing.get(id).last.length, mastered: standing.get(id).mastered }));
  const data = { started: "", packs: [], objectives, own: [], ics: "" };
  if (!host.started) return data;
  return {
    ...data,
    started: readDay(host.started),
    ics: host.address(calendarOf(page.calendar, page.course, host.started, page.days)),
    own: host.own,
    packs: page.days.map((days) => statePack(page, host, state, days)),
  };
}

function statePack(page, host, state, days) {
  const chosen = state.packs?.[days] ?? [];
  const day = dayAfter(host.started, days);
  return {
    days,
    day: readDay(day),
    open: day <= host.today,
    done: chosen.filter((id) => host.packs[days]?.[id]).length,
    total: chosen.length || page.size,
    recalls: page.recalled.includes(days),
  };
}

function readDay(day) {
  return day.split("-").reverse().join("-");
}
