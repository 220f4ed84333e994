// The first page of both hosts: what to do now, today's case, what is due, the look-up, the numbers, the way as stamps.
import { h } from "../question/dom.js";
import { hourOf, isAnswered, isoNow } from "../logic/answer_entries.js";
import { caseOf, nowOf } from "../work/now.js";
import { dueNow, nextPack } from "../work/packs.js";
import { dueOf, roleOf, toSend } from "../work/path.js";
import { openOf, standingOf } from "../work/standing.js";
import { call } from "./call.js";
import { codeForm } from "./code_form.js";
import { hasGraded, codeSentence } from "./code_sentence.js";
import { solutionsBox } from "./solutions_box.js";
import { pathOf, shelves } from "./start_path.js";
import { stepName } from "./step_name.js";
import { wayTo } from "./way.js";
import { CASE, FOLLOW_UP, RESULTS } from "../routes.js";

const STALE = 180;
const DAY = 86400000;
const FIND = '<circle cx="11" cy="11" r="7"/><path d="M20 20l-4-4"/>';
const CALENDAR = '<rect x="4" y="5" width="16" height="16" rx="2"/><path d="M4 10h16M8 3v4M16 3v4"/>';
const BOOK = '<path d="M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h10"/>';
const BESIDE = [["alone", "alone_title", "alone_invites"], ["follow", "follow_title", "follow_invites"]];

/** @param {Host} host */
export async function startView(host) {
  const { course } = host;
  const last = await host.journal.read("last");
  const role = await roleOf(host);
  const first = !role && !last && course.roles.length > 0;
  const now = await nowOf(host, role);
  return [h("div", { class: "hoc-home" },
    ...staleLaw(host),
    h("h1", { tabindex: "-1", class: first ? null : "hoc-greeting" }, greeting(host, first, now)),
    ...(first ? welcome(host, now) : [h("div", { class: "hoc-hero" }, await nowCard(host, now, last), await todayCard(host, role, now, last))]),
    h("div", { class: "hoc-hero" }, ...lookUp(host), sos(host)),
    ...(await pathOf(host, role, wayOf(now))),
    ...(role ? [h("p", {}, h("button", { type: "button", class: "hoc-quiet", onclick: () => chooseRole(host, null) }, host.say("role_change")))] : first ? [] : roles(host)),
    ...(await shelves(host, role)),
    ...cards(host, "more_title", BESIDE.map(([page, title, about]) => [course[page], title, about])),
    ...forWork(host),
    course.exercises.length ? solutionsBox(host) : null,
    personLine(host),
    ...(RESULTS in course.later ? [h("p", { class: "hoc-note" }, host.say("private"), " ", h("a", { href: `#/${RESULTS}` }, host.say("results")))] : []),
    ...host.keptNote(),
    h("p", { class: "hoc-note" }, host.say("reviewed", { on: course.reviewed, version: course.version })))];
}

/** @param {Host} host */
function greeting(host, first, now) {
  if (first) return host.say("welcome");
  const { title } = wayOf(now);
  return title ? host.say("welcome_back_at", { place: title.replace(/^\d+\.\s*|[.:]$/gu, "") }) : host.say("welcome_back");
}

// Returns the way on in the lessons, also while a review comes first.
const wayOf = (now) => now.onward ?? now;

// Shows the first visit: what one does at work, no code asked.
/** @param {Host} host */
function welcome(host, now) {
  const go = now.unit ? h("a", { class: "hoc-quiet hoc-go", ...wayTo(host, now.unit) }, host.say("begin")) : null;
  return [h("p", { class: "hoc-lead" }, host.say("welcome_lead")), ...roles(host), h("p", { class: "hoc-note" }, host.say("role_help"), ...(go ? [" ", host.say("role_later"), " ", go] : []))];
}

/** @param {Host} host */
function roles(host) {
  if (!host.course.roles.length) return [];
  const offered = host.course.roles.map(({ id, title, about }) => h("li", {}, h("button", { type: "button", class: "hoc-role", onclick: () => chooseRole(host, id) },
    picture(host, id), h("span", {}, h("strong", {}, title), " ", h("span", {}, about)))));
  return [h("h2", {}, host.say("role_label")), h("ul", { class: "hoc-roles" }, ...offered)];
}

/** @param {Host} host */
async function chooseRole(host, id) {
  await host.journal.write("role", id);
  await host.open();
}

/** @param {Host} host */
function picture(host, id) {
  const path = host.course.pictures[id];
  return h("span", { class: "hoc-picture" }, path ? h("img", { src: host.fileAt(path), alt: "", loading: "lazy", decoding: "async", width: 320, height: 200 }) : null);
}

// Shows one thing to do, with one blue button.
/** @param {Host} host */
async function nowCard(host, now, last) {
  const { eyebrow, title, told: text, label, href, segments = null, beside = null } = await describeStep(host, now, last);
  return h("section", { class: "hoc-now" },
    h("div", {},
      h("p", { class: "hoc-eyebrow" }, eyebrow), h("h2", {}, title), segments, h("p", { class: "hoc-soft" }, text),
      h("p", { class: "hoc-row" }, h("a", { class: "hoc-button hoc-go", ...href }, label), beside)),
    picture(host, now.unit ?? FOLLOW_UP));
}

/** @returns {Promise<{ eyebrow: string, title: string, told: string, label: string, href: object, segments?: HTMLElement | null, beside?: HTMLElement | null }>} */
async function describeStep(host, now, last) {
  const review = { label: host.say("review"), href: { href: `#/${host.course.follow}` } };
  if (now.kind === "review") return { ...review, eyebrow: host.say("review_due"), title: host.say("pack_title", { days: now.days }), told: host.say("due_invites") };
  if (now.kind === "done") {
    const next = await nextPack(host);
    const href = host.course.follow ? review : { label: host.say("results"), href: { href: `#/${RESULTS}` } };
    return { ...href, label: host.say("review_see"), eyebrow: host.say("follow_title"), title: host.say("path_done"), told: next ? host.say("see_you", { day: dayInWords(host, next) }) : host.say("path_done_told") };
  }
  const { unit, at, question } = now;
  const lesson = Boolean(host.course.units[unit]?.core);
  const label = host.say(!last ? "begin" : lesson ? "go_on" : "do_on"); // an exercise is done, not learnt
  const place = `${at ? `/${at}` : ""}${question ? `/${question}` : ""}`;
  const [, number, title] = /^(\S+ \d+)\. (.+)$/u.exec(stepName(host, unit)) ?? [null, null, stepName(host, unit)];
  const named = { label, title, href: wayTo(host, unit, place) };
  const eyebrow = [label, number].filter(Boolean).join(" · ");
  if (now.kind === "hand_in") return { ...named, label: host.say("do_on"), eyebrow: [host.say("due"), number].filter(Boolean).join(" · "), told: deadline(host, now.due), segments: await segmentsOf(host, unit) };
  if (!host.course.units[unit]) return { ...named, eyebrow, told: host.say("sheet") };
  const { total, done, begun } = await standingOf(host, unit);
  const { minutes, core } = host.course.units[unit];
  const left = Math.max(1, Math.ceil((minutes * (total - done)) / (total || 1)));
  const counted = host.say(begun ? (core ? "done_of_core" : "done_of") : "not_begun", { done, total: begun ? total : (core?.length ?? total) });
  const summary = [counted, !minutes ? "" : begun ? `. ${host.say("takes_still", { minutes: left })}` : `, ${host.say("takes", { minutes })}`, "."].join("");
  return { ...named, eyebrow, told: summary, segments: await segmentsOf(host, unit), beside: at > 1 ? h("a", { class: "hoc-soft", href: `#/${unit}/1` }, host.say("from_start")) : null };
}

// Shows a segment for each question of a lesson's main part, in order; elsewhere, as many as were answered. Answers not right
// yet are marked once the script that can score is loaded.
/** @param {Host} host */
async function segmentsOf(host, id) {
  const unit = host.course.units[id];
  const { version, total, done } = await standingOf(host, id);
  if (!total || total > 40) return null;
  const entries = unit.core ? await host.journal.entries({ unit: id, version }) : {};
  const states = unit.core ? unit.core.map((ids) => !openOf([ids], entries).length) : Array.from({ length: total }, (_, n) => n < done);
  const first = unit.core && total > states.length ? 1 : 0; // the case that opens the lesson
  if (first) states.unshift(done > 0);
  const here = states.indexOf(false);
  const row = h("div", { class: "hoc-so-far", role: "img", "aria-label": host.say("done_of", { done, total }) },
    ...states.map((over, n) => h("i", { class: over ? "hoc-answered" : n === here ? "hoc-at" : null })));
  if (unit.core && done) wrongPlaces(host, unit, entries).then((places) => places.forEach((n) => row.children[n + first].classList.replace("hoc-answered", "hoc-amiss")), () => {});
  return row;
}

// Returns the positions of the main part's answers that are not right yet.
/** @param {Host} host */
async function wrongPlaces(host, unit, entries) {
  const [page, { isRight }] = await Promise.all([host.loaded(unit.id), host.checker()]);
  const questions = new Map(Object.values(page.questions).flat().map((question) => [question.id, question]));
  const answered = unit.core.map((ids) => ids.split(" ").find((id) => isAnswered(entries[id]) && questions.has(id)));
  return answered.flatMap((id, n) => (id && !isRight(questions.get(id), entries[id].answer, host.course.on) ? [n] : []));
}

/** @param {Host} host */
function deadline(host, { unit, until, late }) {
  return host.say(late ? "due_late" : "due_row", { title: unit.title, until: hourOf(until) });
}

// Shows, beside it, the case of the day, how the lessons go on while a review comes first, and what else is due.
/** @param {Host} host */
async function todayCard(host, role, now, last) {
  const rows = [...(await wayOnRow(host, now, last)), ...(await deadlines(host, role, now)), ...(await reviewRow(host, now))];
  const today = await caseOf(host, role);
  const about = today && (today.done
    ? [h("p", {}, host.say("case_done")), today.other && edge(caseWay(host, today.other), host.say("case_other"))]
    : [h("h2", {}, today.title), h("p", { class: "hoc-soft" }, host.say("alone_scenario", { lesson: lessonOf(today.unit) })), edge(caseWay(host, today), host.say(today.begun ? "case_go_on" : "case_do"))]);
  if (!about && !rows.length) return null;
  return h("section", { class: "hoc-today", "aria-label": host.say("case_today") },
    about ? h("div", {}, h("p", { class: "hoc-eyebrow" }, host.say("case_today")), ...about) : null, ...rows);
}

const lessonOf = (unit) => Number(unit.replace(/\D/gu, ""));
const caseWay = (host, { name, unit, at }) => (host.kind === "page" ? `#/${CASE}${name}` : `#/${unit}/${at}/${name}`); // a notebook has it in its lesson
const edge = (href, label) => h("a", { class: "hoc-edge", href }, label);

function row(title, about, link, drawn = CALENDAR) {
  return h("div", { class: "hoc-due" }, icon(drawn), h("p", {}, h("strong", {}, title), about ? h("span", { class: "hoc-soft" }, about) : null), link);
}

/** @param {Host} host */
async function wayOnRow(host, now, last) {
  if (!now.onward) return [];
  const { told: text, label, href } = await describeStep(host, { kind: "unit", ...now.onward }, last);
  return [row(stepName(host, now.onward.unit), text, h("a", { class: "hoc-edge", ...href }, label), BOOK)];
}

/** @param {Host} host */
async function reviewRow(host, now) {
  if (!host.course.follow || now.kind === "review") return [];
  const days = await dueNow(host);
  const to = `#/${host.course.follow}`;
  if (days !== null) return [row(host.say("due_title", { days }), host.say("due_invites"), edge(to, host.say("review")))];
  const next = await nextPack(host);
  return [row(host.say("review_none"), next ? host.say("review_next", { day: dayInWords(host, next) }) : host.say("follow_invites"), null)];
}

// Lists the deadlines: first the packed hand-ins still to be sent, then the open ones, without the one that the first card shows.
/** @param {Host} host */
async function deadlines(host, role, now) {
  const open = (await dueOf(host, role)).filter(({ unit }) => now.kind !== "hand_in" || unit.id !== now.unit);
  const packed = await toSend(host, role);
  return [...packed.map(({ unit, until, changed }) => h("p", { class: "hoc-due" }, h("a", { href: `#/${unit.id}` }, host.say(changed ? "due_changed" : "due_send", { title: unit.title, until: hourOf(until) })))), ...open.map((due) => h("p", { class: "hoc-due" }, h("a", { href: `#/${due.unit.id}` }, deadline(host, due))))];
}

// Returns "thứ Ba, 1-12"; with the year only if it is another.
/** @param {Host} host */
function dayInWords(host, day) {
  const [year, month, date] = day.split("-").map(Number);
  const weekday = host.say("weekdays").split("; ")[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  return `${weekday}, ${date}-${month}${isoNow().startsWith(String(year)) ? "" : `-${year}`}`;
}

function icon(inner) {
  const drawn = h("span", { class: "hoc-icon", "aria-hidden": "true" });
  drawn.innerHTML = `<svg viewBox="0 0 24 24">${inner}</svg>`;
  return drawn;
}

// Shows the box for what a customer brings; the page of goods goes on with it.
/** @param {Host} host */
function lookUp(host) {
  const { goods } = host.course;
  if (!goods) return [];
  const box = h("input", { type: "search", name: "mon", autocomplete: "off", enterkeyhint: "search", placeholder: host.say("goods_typed") });
  const go = (event) => {
    event.preventDefault();
    const typed = box.value.trim();
    location.hash = `#/${goods}${typed ? `/${encodeURIComponent(typed)}` : ""}`;
  };
  return [h("form", { class: "hoc-look-up", role: "search", onsubmit: go }, h("label", {}, icon(FIND), h("strong", {}, host.say("goods_title")), box))];
}

// Shows the numbers, one press away; the card has the rest, and on a desktop computer says that one calls by telephone.
/** @param {Host} host */
function sos(host) {
  const tile = ({ number, answers, short }) => {
    const content = () => [h("strong", {}, number), " ", h("span", {}, short)];
    return h("li", {}, call(number, { title: answers }, content(), h("a", { href: host.cardAddress, title: answers }, ...content())));
  };
  return h("section", { class: "hoc-sos", "aria-label": host.say("card") },
    h("p", {}, h("a", { href: host.cardAddress, title: host.say("card_opens") }, h("strong", {}, host.say("sos_seen")), " ", h("span", {}, host.say("sos_do")))),
    h("ul", {}, ...host.course.numbers.map(tile)));
}

/** @param {Host} host */
function cards(host, heading, rows) {
  const known = rows.filter(([id]) => id);
  if (!known.length) return [];
  return [h("h2", {}, host.say(heading)), h("ul", { class: "hoc-cards" }, ...known.map(([id, title, about]) =>
    h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, host.say(title)), h("span", {}, host.say(about))))))];
}

// Shows the links for looking things up at work.
/** @param {Host} host */
function forWork(host) {
  const { later, quick } = host.course;
  const invited = Object.entries(later).filter(([, [, , card]]) => card).map(([id, [, , card]]) => [id, `${card}_title`, `${card}_invites`]);
  return cards(host, "for_work", [...invited, [quick, "quick_title", "quick_invites"]]);
}

// Says whose work this is, with the way to give a code where there is something to hand in.
/** @param {Host} host */
function personLine(host) {
  const ask = () => {
    box.replaceChildren(codeForm(host, () => host.open()));
    box.querySelector("input").focus();
  };
  const change = host.person || hasGraded(host) ? h("button", { type: "button", class: "hoc-quiet", onclick: ask }, host.say(host.person ? "code_change" : "code_save")) : null;
  const { logout } = host.course;
  const leave = logout ? h("a", { class: "hoc-quiet hoc-choice", href: logout, title: host.say("logout_help"), onclick: logOut(host) }, host.say("logout")) : host.person && h("button", { type: "button", class: "hoc-quiet", title: host.say("leave_help", { code: host.person }), onclick: () => host.leave() }, host.say("leave"));
  const box = h("section", { class: "hoc-who" }, h("p", { class: "hoc-note" }, codeSentence(host)), change, leave || null);
  return box;
}

// Logs out of a hub, once everything typed is saved.
/** @param {Host} host */
function logOut(host) {
  return async (event) => {
    event.preventDefault();
    await host.settled();
    location.assign(host.course.logout);
  };
}

/** @param {Host} host */
function staleLaw(host) {
  const days = Math.floor((Date.now() - Date.parse(host.course.on)) / DAY);
  return days > STALE ? [h("p", { class: "hoc-stale", role: "alert" }, host.say("law_is_old", { days, on: host.course.reviewed }))] : [];
}
