// The first page: one big button, the numbers to call, the lessons in order, what is handed in.
import { h } from "../question/dom.js";
import { codeForm } from "./code_form.js";
import { dueNow } from "./follow_up_view.js";
import { keptNote } from "./installed.js";
import { hourOf } from "../logic/answer_entries.js";
import { walkedThrough } from "./seen.js";
import { standingOf } from "./sheets.js";

const STALE = 180;
const DAY = 86400000;

export async function startView(app) {
  const { course } = app;
  const last = await app.journal.get(`last ${app.person ?? ""}`);
  const role = await roleOf(app);
  const path = stepsOf(app, role);
  const following = await nextOf(app, path);
  const begun = last && !last.end && course.units[last.unit] && (await goesOn(app, last.unit, following)) ? last : null;
  const first = begun ? `#/${begun.unit}/${begun.at}` : `#/${following ?? course.follow}`;
  const where = begun || following ? app.titleOf(begun ? begun.unit : following) : app.say("path_done");
  return [
    h("h1", { tabindex: "-1" }, app.say("home_title")),
    ...staleLaw(app),
    h("a", { class: "hoc-go", href: first }, h("strong", {}, app.say(last ? "go_on" : "begin")), h("span", {}, where)),
    ...(await due(app)),
    danger(app),
    who(app),
    h("p", {}, h("a", { class: "hoc-card hoc-ask", href: `#/${course.goods}` }, h("strong", {}, app.say("goods_title")), h("span", {}, app.say("goods_invites")))),
    h("ul", { class: "hoc-cards" }, ...BESIDE.filter(([page]) => course[page]).map(([page, title, about]) => link(course[page], app.say(title), app.say(about)))),
    ...(role ? await pathOf(app, role) : rolesOffered(app)),
    ...(await shelf(app, role ? "other_lessons" : "lessons", beside(course.lessons, role))),
    ...(await shelf(app, "tests", beside(course.tests, role))),
    ...(await shelf(app, role ? "other_exercises" : "exercises", beside(course.exercises, role))),
    ...(await shelf(app, role ? "other_exams" : "exams", beside(course.exams, role))),
    ...forWork(app),
    h("p", { class: "hoc-note" }, app.say("private"), " ", h("a", { href: "#/ket-qua" }, app.say("results"))),
    keptNote(app),
    h("p", { class: "hoc-note" }, app.say("reviewed", { on: course.reviewed, version: course.version })),
  ];
}

const BESIDE = [["alone", "alone_title", "alone_invites"], ["follow", "follow_title", "follow_invites"]];

function link(id, title, about) {
  return h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, title), h("span", {}, about)));
}

// What the follow-up asks for today stands before everything that can wait.
async function due(app) {
  const days = app.course.follow ? await dueNow(app) : null;
  return days === null ? [] : [h("p", {}, h("a", { class: "hoc-card hoc-ask", href: `#/${app.course.follow}` }, h("strong", {}, app.say("due_title", { days })), h("span", {}, app.say("due_invites"))))];
}

// The first unit of a path that is open: a lesson that was walked to its end holds nobody back while others are untouched.
// Null where all is done. `now`: the unit that one is just leaving.
export async function nextOf(app, path, now) {
  const open = [];
  for (const id of path) if (id !== now && !(await finished(app, id))) open.push(id);
  for (const id of open) if (!(await walkedThrough(app, id))) return id;
  return open[0] ?? null;
}

// Whether somebody goes on where he was: in what he has answered something of, or what comes next anyway. A look at
// another unit leads nobody away.
async function goesOn(app, id, following) {
  if (await finished(app, id)) return false;
  const { done, more } = await standingOf(app, id);
  return id === following || done + more > 0;
}

// Answered whole, or handed in.
async function finished(app, id) {
  const { total, done } = await standingOf(app, id);
  return (total > 0 && done >= total) || Boolean(await app.journal.get(`handed ${app.person ?? ""} ${id}`));
}

// The units in the order in which they are learnt: the role's path, else all lessons.
export function stepsOf(app, role) {
  const steps = role?.path ?? app.course.lessons.map(({ id }) => id);
  return steps.length ? steps : Object.keys(app.course.units); // of a bundle with a few units alone
}

export async function roleOf(app) {
  const chosen = await app.journal.get(`role ${app.person ?? ""}`);
  return app.course.roles.find(({ id }) => id === chosen) ?? null;
}

function rolesOffered(app) {
  if (!app.course.roles.length) return [];
  const offered = app.course.roles.map((role) => h("button", { type: "button", class: "hoc-quiet hoc-choice", onclick: () => chooseRole(app, role.id) }, role.title));
  return [h("section", { class: "hoc-sheet" }, h("h2", {}, app.say("role_label")), h("p", { class: "hoc-note" }, app.say("role_help")), h("p", { class: "hoc-row" }, ...offered))];
}

async function chooseRole(app, id) {
  await app.journal.set(`role ${app.person ?? ""}`, id);
  await app.open();
}

// The role's path, in order: what is done, and what comes next.
async function pathOf(app, role) {
  const cards = await Promise.all(role.path.map((id) => card(app, app.course.units[id])));
  const change = h("button", { type: "button", class: "hoc-quiet", onclick: () => chooseRole(app, null) }, app.say("role_change"));
  const minutes = role.path.reduce((sum, id) => sum + app.course.units[id].minutes, 0);
  const told = minutes ? h("p", { class: "hoc-note" }, app.say("path_takes", { minutes })) : null;
  const later = role.later ? h("p", {}, app.say("exam_later")) : null;
  return [h("h2", {}, app.say("role_chosen", { role: role.title })), told, h("ol", { class: "hoc-cards" }, ...cards), later, h("p", {}, change)].filter(Boolean);
}

function beside(units, role) {
  return role ? units.filter(({ id }) => !role.path.includes(id)) : units;
}

async function shelf(app, name, units) {
  if (!units.length) return [];
  const cards = await Promise.all(units.map((unit) => card(app, unit)));
  return [h("h2", {}, app.say(name)), h("ul", { class: "hoc-cards" }, ...cards)];
}

async function card(app, unit) {
  const { total, done, left, others } = await standingOf(app, unit.id);
  const handed = await app.journal.get(`handed ${app.person ?? ""} ${unit.id}`);
  const whole = left ? "done_core" : "done_all";
  const state = done === 0 ? (others.length ? "done_before" : "not_begun") : done >= total ? whole : "done_of";
  const told = handed ? app.say("handed_in_at", { at: hourOf(handed.at) }) : app.say(state, { done: Math.min(done, total), total, count: others[0]?.done });
  const finished = done >= total && total > 0;
  return h("li", {}, h("a", { class: "hoc-card", href: `#/${unit.id}` },
    h("strong", {}, unit.title),
    h("progress", { max: total || 1, value: Math.min(done, total), "aria-hidden": "true" }),
    h("span", { class: finished ? "hoc-good" : "" }, finished ? "✓ " : "", told),
    finished && left ? h("span", {}, app.say("left_extra", { count: left })) : null,
    !finished && unit.minutes ? h("span", {}, app.say("takes", unit)) : null,
    unit.why ? h("span", {}, unit.why) : null));
}

export function danger(app, told = app.say("danger")) {
  return h("section", { class: "hoc-danger", "aria-label": app.say("card") },
    h("p", {}, told),
    h("ul", {}, ...app.course.numbers.map(({ number, answers }) => h("li", {}, h("a", { href: `tel:${number}` }, number), " ", answers))),
    h("p", { class: "hoc-person" }, app.course.person),
    h("p", {}, h("a", { href: "#/khan-cap" }, app.say("card_opens"))));
}

// What is looked up while working, not learnt.
function forWork(app) {
  const cards = [
    ["don-vi", "office_title", "office_invites"],
    ["ai-duoc-mo", "opening_title", "opening_invites"],
    ["luat-theo-ngay", "law_title", "law_invites"],
    [app.course.quick, "quick_title", "quick_invites"],
  ].filter(([id]) => id && (id !== "ai-duoc-mo" || app.course.opening));
  return [h("h2", {}, app.say("for_work")), h("ul", { class: "hoc-cards" }, ...cards.map(([id, title, invites]) =>
    h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, app.say(title)), h("span", {}, app.say(invites))))))];
}

function who(app) {
  const change = h("button", { type: "button", class: "hoc-quiet", onclick: () => box.replaceChildren(codeForm(app, () => app.open())) }, app.say(app.person ? "code_change" : "code_save"));
  const box = h("section", { class: "hoc-who" }, h("p", { class: "hoc-note" }, app.person ? app.say("code_of", { code: app.person }) : app.say("code_none")), change);
  return box;
}

function staleLaw(app) {
  const days = Math.floor((Date.now() - Date.parse(app.course.on)) / DAY);
  return days > STALE ? [h("p", { class: "hoc-alarm", role: "alert" }, app.say("law_is_old", { days, on: app.course.reviewed }))] : [];
}
