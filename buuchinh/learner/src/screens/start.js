// The first page: one big button, the numbers to call, the lessons in order, what is handed in.
import { h } from "../question/dom.js";
import { hourOf } from "../logic/answer_entries.js";
import { dueNow } from "../work/packs.js";
import { dueOf, resumeOf, roleOf, sheetOf, stepsOf } from "../work/path.js";
import { standingOf } from "../work/standing.js";
import { codeForm } from "./code_form.js";

const STALE = 180;
const DAY = 86400000;

export async function startView(host) {
  const { course } = host;
  const last = await host.journal.read("last");
  const role = await roleOf(host);
  const resume = await resumeOf(host, stepsOf(host, role));
  const first = wayTo(host, resume?.unit ?? course.follow, `${resume?.at ? `/${resume.at}` : ""}${resume?.question ? `/${resume.question}` : ""}`);
  const where = resume ? host.titleOf(resume.unit) : host.say("path_done");
  return [
    h("h1", { tabindex: "-1" }, host.say("home_title")),
    ...staleLaw(host),
    h("a", { class: "hoc-go", ...first }, h("strong", {}, host.say(last ? "go_on" : "begin")), h("span", {}, where)),
    ...(await due(host)),
    ...(await deadlines(host, role)),
    danger(host),
    who(host),
    ...(course.goods ? [h("p", {}, h("a", { class: "hoc-card hoc-ask", href: `#/${course.goods}` }, h("strong", {}, host.say("goods_title")), h("span", {}, host.say("goods_invites"))))] : []),
    h("ul", { class: "hoc-cards" }, ...BESIDE.filter(([page]) => course[page]).map(([page, title, about]) => link(course[page], host.say(title), host.say(about)))),
    ...(role ? await pathOf(host, role) : rolesOffered(host)),
    ...(await shelf(host, role ? "other_lessons" : "lessons", beside(course.lessons, role))),
    ...(await shelf(host, "tests", beside(course.tests, role))),
    ...(await shelf(host, role ? "other_exercises" : "exercises", beside(course.exercises, role))),
    ...(await shelf(host, role ? "other_exams" : "exams", beside(course.exams, role))),
    ...forWork(host),
    ...("ket-qua" in course.later ? [h("p", { class: "hoc-note" }, host.say("private"), " ", h("a", { href: "#/ket-qua" }, host.say("results")))] : []),
    ...host.keptNote(),
    h("p", { class: "hoc-note" }, host.say("reviewed", { on: course.reviewed, version: course.version })),
  ];
}

const BESIDE = [["alone", "alone_title", "alone_invites"], ["follow", "follow_title", "follow_invites"]];

function link(id, title, about) {
  return h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, title), h("span", {}, about)));
}

// What the follow-up asks for today stands before everything that can wait.
async function due(host) {
  const days = host.course.follow ? await dueNow(host) : null;
  return days === null ? [] : [h("p", {}, h("a", { class: "hoc-card hoc-ask", href: `#/${host.course.follow}` }, h("strong", {}, host.say("due_title", { days })), h("span", {}, host.say("due_invites"))))];
}

// What is to be handed in and has a deadline, the next first.
async function deadlines(host, role) {
  const rows = (await dueOf(host, role)).map(({ unit, until, late }) =>
    h("li", {}, h("a", { href: `#/${unit.id}` }, host.say(late ? "due_late" : "due_row", { title: unit.title, until: hourOf(until) }))));
  return rows.length ? [h("section", { class: "hoc-sheet" }, h("h2", {}, host.say("due")), h("ul", {}, ...rows))] : [];
}

function rolesOffered(host) {
  if (!host.course.roles.length) return [];
  const offered = host.course.roles.map((role) => h("button", { type: "button", class: "hoc-quiet hoc-choice", onclick: () => chooseRole(host, role.id) }, role.title));
  return [h("section", { class: "hoc-sheet" }, h("h2", {}, host.say("role_label")), h("p", { class: "hoc-note" }, host.say("role_help")), h("p", { class: "hoc-row" }, ...offered))];
}

async function chooseRole(host, id) {
  await host.journal.write("role", id);
  await host.open();
}

// The role's path, in order: what is done, and what comes next.
async function pathOf(host, role) {
  const cards = await Promise.all(role.path.map((id) => (sheetOf(host, id) ? sheetCard(host, sheetOf(host, id)) : card(host, host.course.units[id]))));
  const change = h("button", { type: "button", class: "hoc-quiet", onclick: () => chooseRole(host, null) }, host.say("role_change"));
  const minutes = role.path.reduce((sum, id) => sum + (host.course.units[id]?.minutes ?? 0), 0);
  const told = minutes ? h("p", { class: "hoc-note" }, host.say("path_takes", { minutes })) : null;
  const later = role.later ? h("p", {}, host.say("exam_later")) : null;
  return [h("h2", {}, host.say("role_chosen", { role: role.title })), told, h("ol", { class: "hoc-cards" }, ...cards), later, h("p", {}, change)].filter(Boolean);
}

function beside(units, role) {
  return role ? units.filter(({ id }) => !role.path.includes(id)) : units;
}

async function shelf(host, name, units) {
  if (!units.length) return [];
  const cards = await Promise.all(units.map((unit) => card(host, unit)));
  return [h("h2", {}, host.say(name)), h("ul", { class: "hoc-cards" }, ...cards)];
}

async function card(host, unit) {
  const { total, done, left, others } = await standingOf(host, unit.id);
  const handed = await host.journal.read("submission", unit.id);
  const whole = left ? "done_core" : "done_all";
  const state = done === 0 ? (others.length ? "done_before" : "not_begun") : done >= total ? whole : "done_of";
  const told = handed ? host.say("handed_in_at", { at: hourOf(handed.at) }) : host.say(state, { done: Math.min(done, total), total, count: others[0]?.done });
  const finished = done >= total && total > 0;
  return h("li", {}, h("a", { class: "hoc-card", href: `#/${unit.id}` },
    h("strong", {}, unit.title),
    h("progress", { max: total || 1, value: Math.min(done, total), "aria-hidden": "true" }),
    h("span", { class: finished ? "hoc-good" : "" }, finished ? "✓ " : "", told),
    finished && left ? h("span", {}, host.say("left_extra", { count: left })) : null,
    !finished && unit.minutes ? h("span", {}, host.say("takes", unit)) : null,
    unit.why ? h("span", {}, unit.why) : null));
}

async function sheetCard(host, { unit, title }) {
  const done = (await host.journal.read("sheets")).includes(unit);
  return h("li", {}, h("a", { class: "hoc-card", ...wayTo(host, unit) },
    h("strong", {}, title), h("span", { class: done ? "hoc-good" : "" }, done ? "✓ " : "", host.say("sheet"))));
}

// The attributes of a link to a unit, or to a sheet to print: that is a page of its own, and seen once it was opened.
export function wayTo(host, id, place = "") {
  const found = sheetOf(host, id);
  if (!found) return { href: `#/${id}${place}` };
  async function see() {
    await host.journal.write("sheets", [...new Set([...(await host.journal.read("sheets")), id])].sort());
    await host.open();
  }
  return { href: host.fileAt(found.sheet), target: "_blank", rel: "noopener", onclick: see };
}

export function danger(host, told = host.say("danger")) {
  return h("section", { class: "hoc-danger", "aria-label": host.say("card") },
    h("p", {}, told),
    h("ul", {}, ...host.course.numbers.map(({ number, answers }) => h("li", {}, h("a", { href: `tel:${number}` }, number), " ", answers))),
    h("p", { class: "hoc-person" }, host.course.person),
    h("p", {}, h("a", { href: host.cardAddress }, host.say("card_opens"))));
}

// What is looked up while working, not learnt.
function forWork(host) {
  const cards = [
    ["don-vi", "office_title", "office_invites"],
    ["ai-duoc-mo", "opening_title", "opening_invites"],
    ["luat-theo-ngay", "law_title", "law_invites"],
    [host.course.quick, "quick_title", "quick_invites"],
  ].filter(([id]) => id && (id in host.course.later || id === host.course.quick) && (id !== "ai-duoc-mo" || host.course.opening));
  if (!cards.length) return [];
  return [h("h2", {}, host.say("for_work")), h("ul", { class: "hoc-cards" }, ...cards.map(([id, title, invites]) =>
    h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, host.say(title)), h("span", {}, host.say(invites))))))];
}

function who(host) {
  const change = h("button", { type: "button", class: "hoc-quiet", onclick: () => box.replaceChildren(codeForm(host, () => host.open())) }, host.say(host.person ? "code_change" : "code_save"));
  const leave = host.person && h("button", { type: "button", class: "hoc-quiet", title: host.say("leave_help", { code: host.person }), onclick: () => host.leave() }, host.say("leave"));
  const box = h("section", { class: "hoc-who" }, h("p", { class: "hoc-note" }, host.person ? host.say("code_of", { code: host.person }) : host.say("code_none")), change, leave || null);
  return box;
}

function staleLaw(host) {
  const days = Math.floor((Date.now() - Date.parse(host.course.on)) / DAY);
  return days > STALE ? [h("p", { class: "hoc-alarm", role: "alert" }, host.say("law_is_old", { days, on: host.course.reviewed }))] : [];
}
