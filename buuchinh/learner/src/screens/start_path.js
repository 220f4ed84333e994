// The way of a role as stamps, and the shelves below it: exercises, other lessons, exams, short tests.
import { h } from "../question/dom.js";
import { isOutdated } from "../work/changed.js";
import { sheetOf, stepsOf } from "../work/path.js";
import { handedWords, sentAt } from "../work/sent.js";
import { dayDone, standingOf } from "../work/standing.js";
import { markOf, stamp } from "./stamp.js";
import { stepName } from "./step_name.js";
import { wayTo } from "./way.js";

const isIn = (list, id) => list.some((item) => item.id === id);
const numberOf = (id) => Number(id.replace(/\D/gu, ""));
const read = (moment) => moment.slice(0, 10).split("-").reverse().join("-");

/** @param {Host} host */
export async function pathOf(host, role, now) {
  const { course } = host;
  const steps = stepsOf(host, role);
  const visible = steps.filter((id) => !isIn(course.exercises, id));
  if (!visible.length) return [];
  const here = now.unit && (visible.includes(now.unit) ? now.unit : steps.slice(0, steps.indexOf(now.unit)).reverse().find((id) => visible.includes(id)));
  const made = await Promise.all(visible.map((id) => stepOf(host, id, { here: id === here, exercise: exerciseAfter(host, steps, id) })));
  const done = made.filter((step) => step.done).length;
  return [
    h("div", { class: "hoc-path-head" },
      h("h2", {}, role ? host.say("role_chosen", { role: role.title.toLocaleLowerCase("vi") }) : host.say("lessons")),
      h("p", { class: "hoc-soft" }, done && done < made.length ? `${host.say("path_told", { done, left: made.length - done })} ` : "", role?.minutes ? host.say("path_takes", role) : "")),
    h("ol", { class: "hoc-path" }, ...made.map((step) => h("li", {}, step.link))),
    role?.later ? h("p", {}, host.say("exam_later")) : null,
  ].filter(Boolean);
}

// Returns the exercise that follows a step.
/** @param {Host} host */
function exerciseAfter(host, steps, id) {
  const next = steps[steps.indexOf(id) + 1];
  return isIn(host.course.exercises, next) ? next : null;
}

/** @param {Host} host */
async function stepOf(host, id, { here, exercise }) {
  const { course } = host;
  const src = course.pictures[id] ? host.fileAt(course.pictures[id]) : null;
  const unitState = await stateOf(host, id);
  const { href, ...more } = wayTo(host, id);
  const after = exercise ? `, ${host.say(await wordOfExercise(host, exercise), { number: numberOf(exercise) })}` : "";
  const state = `${unitState.done ? "✓ " : ""}${unitState.state}${after}${unitState.extra ? `; ${host.say("step_extra", { count: unitState.extra })}` : ""}`;
  return { done: unitState.done, link: stamp({ href, src, title: stepName(host, id).split(":")[0], state, mark: unitState.mark ?? null, here, more: { ...more, title: host.titleOf(id) } }) };
}

// Returns the word for an exercise: to be done, packed (nobody knows that it was sent), sent (marked by its person), or changed since.
/** @param {Host} host */
async function wordOfExercise(host, id) {
  const packed = await host.journal.read("submission", id);
  if (!packed) return "step_then";
  if (await isOutdated(host, id, packed)) return "step_then_changed";
  return sentAt(packed) ? "step_then_sent" : "step_then_packed";
}

// Returns {done, state, mark, extra} of a step of the way.
/** @param {Host} host */
async function stateOf(host, id) {
  const { course } = host;
  if (sheetOf(host, id)) return { done: (await host.journal.read("sheets")).includes(id), state: host.say("sheet") };
  const unit = course.units[id];
  if (isIn(course.tests, id)) {
    const end = await host.journal.read("finished", id);
    if (end?.version === unit.version) return marked(host, "mark_test", end.finished_at, "step_test");
  }
  const handed = await host.journal.read("submission", id);
  if (handed && (await isOutdated(host, id, handed))) return { done: false, state: host.say("step_changed") };
  const sent = handed && sentAt(handed);
  if (sent) return marked(host, "mark_sent", sent, "step_sent");
  if (handed) return { done: false, state: host.say("step_packed", { day: read(handed.at) }) };
  const { version, total, done, begun, left } = await standingOf(host, id);
  if (isIn(course.self_checks, id) && total > 0 && done >= total) return { done: true, state: host.say("done_all", { total }) };
  if (!unit.core) return { done: false, state: host.say(begun ? "done_of" : "not_begun", { done, total }) };
  if (done >= total && total > 0) {
    const day = (await host.journal.read("seen", id))?.day ?? dayDone(unit, await host.journal.entries({ unit: id, version }));
    return { done: true, extra: left, state: day ? host.say("step_done", { day: read(day) }) : host.say("done_core"), mark: day ? markOf(host, id, day) : null };
  }
  if (done) return { done: false, state: host.say("step_going", { minutes: Math.max(1, Math.ceil((unit.minutes * (total - done)) / total)) }) };
  return { done: false, state: unit.minutes ? host.say("step_ahead", { minutes: unit.minutes }) : host.say("not_begun", { total }) };
}

/** @param {Host} host */
function marked(host, label, moment, state) {
  return { done: true, state: host.say(state, { day: read(moment) }), mark: { day: moment.slice(0, 10), label: host.say(label) } };
}

// Shows the units that are no stamps above (a self-check of one's way is one): the exercises first, then those not on one's way;
// for a person with a role these are folded, unless something of them was begun. Before a role is chosen, exams on no one's way are.
/** @param {Host} host */
export async function shelves(host, role) {
  const { lessons, tests, exercises, exams, self_checks: checks } = host.course;
  const mine = (units) => (role ? units.filter(({ id }) => role.path.includes(id)) : units);
  const others = (units) => (role ? units.filter(({ id }) => !role.path.includes(id)) : []);
  const aside = role ? [] : onNoWay(host.course);
  const lists = [
    ["exercises", ordered(mine(exercises), role)], ["self_checks", role ? [] : checks], [role ? "other_lessons" : "lessons", others(lessons), "off_lessons"], ["tests", role ? others(tests) : tests, "off_tests"],
    ["other_exercises", others(exercises), "off_exercises"], ["other_checks", others(checks), "off_checks"], [role ? "other_exams" : "exams", role ? others(exams) : exams.filter((exam) => !aside.includes(exam)), "off_exams"],
  ];
  const [own, ...beside] = await Promise.all(lists.map(([name, units]) => shelf(host, name, units)));
  if (!role) return [own, ...beside, await folded(host, "other_exams", aside)].flat();
  if (!beside.flat().length) return own;
  const kinds = lists.flatMap(([, units, kind]) => (kind && units.length ? [host.say(kind)] : [])).join(", ");
  const begun = await Promise.all(lists.slice(1).flatMap(([, units]) => units.map((unit) => isBegun(host, unit))));
  return [...own, h("details", { class: "hoc-off-path", open: begun.includes(true) }, h("summary", {}, host.say("off_path", { kinds })), ...beside.flat())];
}

// Lists the exams on no role's way, which newer ones replaced; none where that would be all, as in a bundle of one exam.
function onNoWay({ exams, roles }) {
  const aside = exams.filter(({ id }) => !roles.some(({ path }) => path.includes(id)));
  return aside.length < exams.length ? aside : [];
}

/** @param {Host} host */
async function folded(host, name, units) {
  if (!units.length) return [];
  const begun = await Promise.all(units.map((unit) => isBegun(host, unit)));
  return [h("details", { class: "hoc-off-path", open: begun.includes(true) }, h("summary", {}, host.say(name)), await cardList(host, units))];
}

const isBegun = async (host, { id }) => (await standingOf(host, id)).begun > 0 || Boolean(await host.journal.read("submission", id));

const ordered = (units, role) => (role ? [...units].sort((a, b) => role.path.indexOf(a.id) - role.path.indexOf(b.id)) : units);

/** @param {Host} host */
async function shelf(host, name, units) {
  if (!units.length) return [];
  return [h("h2", {}, host.say(name)), await cardList(host, units)];
}

/** @param {Host} host */
async function cardList(host, units) {
  return h("ul", { class: "hoc-cards" }, ...await Promise.all(units.map((unit) => card(host, unit))));
}

/** @param {Host} host */
async function card(host, unit) {
  const { total, done, begun, left, others } = await standingOf(host, unit.id);
  const handed = await host.journal.read("submission", unit.id);
  const whole = left ? "done_core" : "done_all";
  const state = begun === 0 ? (others.length ? "done_before" : "not_begun") : done >= total ? whole : "done_of";
  const outdated = handed ? await isOutdated(host, unit.id, handed) : false;
  const summary = handed ? handedWords(host, handed, outdated) : host.say(state, { done: Math.min(done, total), total, count: others[0]?.done });
  const finished = done >= total && total > 0 && !outdated;
  return h("li", { class: handed?.feedback ? "hoc-answered-card" : null }, h("a", { class: "hoc-card", href: `#/${unit.id}` },
    h("strong", {}, unit.title),
    h("progress", { max: total || 1, value: Math.min(done, total), "aria-hidden": "true" }),
    h("span", { class: finished ? "hoc-good" : "" }, finished ? "✓ " : "", summary),
    finished && left ? h("span", {}, host.say("left_extra", { count: left })) : null,
    !finished && unit.minutes ? h("span", {}, host.say("takes", unit)) : null,
    unit.why ? h("span", {}, unit.why) : null),
  handed?.feedback ? h("p", {}, h("a", { class: "hoc-quiet hoc-choice", href: host.fileAt(handed.feedback), target: "_blank", rel: "noopener" }, host.say("feedback_open"))) : null);
}
