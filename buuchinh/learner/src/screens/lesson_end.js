// The end of a lesson's main part: the postmark, good decisions, questions to meet again, the way on.
import { button, h } from "../question/dom.js";
import { rightnessOf } from "../question/is_right.js";
import { isAnswered, isSettled, isoNow } from "../logic/answer_entries.js";
import { coreOf } from "../logic/variants.js";
import { dayAfter } from "../logic/review_packs.js";
import { startedOn } from "../work/packs.js";
import { finishedOn } from "../work/seen.js";
import { openOf } from "../work/standing.js";
import { markOf, postmark } from "./stamp.js";

const MOST = 5;
const fresh = new Set(); // lessons finished (main part) in this window, their end not shown yet

// Returns the result of some questions (by the names under which the page asks them), {left, scored, right, wrong}: names neither
// answered nor passed by, how many can be scored, the names of those right and not right at the first try.
export function resultOf(names, questions, entries, on) {
  const result = { left: [], scored: 0, right: [], wrong: [] };
  for (const name of names) {
    const entry = entries[questions[name].id];
    if (!isSettled(entry)) result.left.push(name);
    if (!isAnswered(entry)) continue;
    const first = rightnessOf(questions[name], entry.first, on);
    if (first === null) continue;
    result.scored += 1;
    result[first ? "right" : "wrong"].push(name);
  }
  return result;
}

// Returns the questions with a current answer that is not right.
export function notRight(names, questions, entries, on) {
  return names.filter((name) => isAnswered(entries[questions[name].id]) && rightnessOf(questions[name], entries[questions[name].id].answer, on) === false);
}

// Watches for the moment of finishing, which is seen once: the postmark comes down when the end is shown after it.
export function whenFinished(page, work, questions) {
  const isOpen = () => coreOf(page).some((name) => !work.settles(questions[name].id));
  let open = isOpen();
  work.watch(() => {
    if (open && !isOpen()) fresh.add(page.id);
    open = isOpen();
  });
}

// Returns the day of the latest answer of the main part.
function latestOf(names, questions, entries) {
  const moments = names.map((name) => entries[questions[name].id].at || isoNow());
  return moments.sort((a, b) => Date.parse(a) - Date.parse(b))[moments.length - 1].slice(0, 10);
}

// Returns the end. does: what the host can do besides links: `round(names)` goes through questions once more, `extras()` lists
// what is beside the way.
/** @param {Host} host */
export function endingView(host, page, work, { questions, following = null, does = {}, heading = "h1" }) {
  const core = coreOf(page);
  const entries = work.entries();
  const result = resultOf(core, questions, entries, page.on ?? host.course.on);
  const over = result.left.length === 0;
  return h("section", { class: "hoc-ending" },
    h("div", { class: "hoc-finish" },
      over && core.length ? stampOfLesson(host, page, latestOf(core, questions, entries)) : null,
      h("div", {},
        h(heading, { class: "hoc-end-title", tabindex: "-1" }, titleOf(host, result)),
        h("p", { class: "hoc-tally" }, tallyOf(host, core.length, result)),
        ownPromise(host, core, questions, entries))),
    h("div", { class: "hoc-after" },
      ...(over ? [decidedWell(host, page, questions, result)] : [leftOpen(host, page, work, questions, result.left)]),
      meetAgain(host, page, questions, result.wrong, does),
      goingOn(host, page, entries, following, does)));
}

/** @param {Host} host */
function titleOf(host, { left, right, wrong }) {
  if (left.length) return host.say("end_open", { count: left.length });
  if (wrong.length && !right.length) return host.say("end_none_right", { count: wrong.length });
  return host.say(right.length > wrong.length || !wrong.length ? "end_well" : "end_title");
}

/** @param {Host} host */
function tallyOf(host, total, { left, scored, right, wrong }) {
  if (left.length) return host.say("end_of", { done: total - left.length, total });
  if (!scored) return host.say("end_done", { total });
  if (!right.length) return host.say("end_tomorrow", { count: wrong.length });
  return host.say(wrong.length ? "end_right" : "end_all_right", { right: right.length, scored });
}

/** @param {Host} host */
function stampOfLesson(host, page, latest) {
  const picture = host.course.pictures?.[page.id];
  const place = h("div", { class: "hoc-stamp-big" }, h("span", { class: "hoc-perforated" }, h("span", { class: "hoc-picture" }, picture ? h("img", { src: host.fileAt(picture), alt: "" }) : null)));
  const press = fresh.delete(page.id);
  finishedOn(host, page, latest).then((day) => {
    place.append(postmark({ ...markOf(host, page.id, day), press }), h("span", { class: "hoc-unseen" }, host.say("end_day", { day: day.split("-").reverse().join("-") })));
  }, console.error);
  return place;
}

// Returns the sentence that one wrote for oneself.
/** @param {Host} host */
function ownPromise(host, core, questions, entries) {
  const written = core.map((name) => questions[name]).filter((question) => question.type === "survey" && !question.options?.length);
  const text = written.map(({ id }) => entries[id]?.answer).find((answer) => typeof answer === "string" && answer.trim());
  return text ? h("p", { class: "hoc-promise" }, h("span", {}, host.say("end_promise")), " ", h("q", {}, text.trim()), " ", h("span", {}, host.say("end_promise_asked"))) : null;
}

// Lists what was right at the first try, by the lesson's objectives; if no objective is whole, by the questions' titles.
/** @param {Host} host */
function decidedWell(host, page, questions, { right, wrong }) {
  const missed = new Set(wrong.map((name) => questions[name].objective));
  const sure = [...new Set(right.map((name) => questions[name].objective))].filter((id) => !missed.has(id) && page.objectives?.[id]);
  const titles = sure.length ? sure.map((id) => page.objectives[id]) : right.map((name) => questions[name].title).filter(Boolean);
  if (!titles.length) return null;
  return h("section", {}, h("h2", {}, host.say("end_well_done")),
    h("ul", { class: "hoc-ticks" }, ...titles.slice(0, MOST).map((text) => h("li", {}, h("span", { class: "hoc-tick", "aria-hidden": "true" }, "✓"), h("span", {}, text)))));
}

// Lists the open questions; one without a right answer may be passed by.
/** @param {Host} host */
function leftOpen(host, page, work, questions, left) {
  const section = h("section", { class: "hoc-no-print" }, h("h2", {}, host.say("end_left")), h("ul", { class: "hoc-open-still" }, ...left.map(line)));
  function line(name) {
    const pass = questions[name].type === "survey" ? button(host.say("pass_by"), () => passBy(questions[name].id), "hoc-link") : null;
    return h("li", {}, linkTo(host, page, name, questions[name]), " ", pass);
  }
  async function passBy(id) {
    const place = section.closest(".hoc-ending").parentElement;
    await work.passBy(id);
    await host.open();
    place.querySelector(".hoc-end-title")?.focus();
  }
  return section;
}

/** @param {Host} host */
function meetAgain(host, page, questions, wrong, does) {
  const meeting = h("p", { class: "hoc-note" });
  fillMeeting(host, meeting).catch(() => {});
  if (!wrong.length && !host.course.follow) return null;
  if (!wrong.length) return h("section", {}, h("h2", {}, host.say("end_meet")), meeting);
  const names = wrong.map((name) => questions[name].title ?? page.screens[placeOf(page, name) - 1].title);
  const label = host.say("end_round", { count: wrong.length });
  return h("section", {}, h("h2", {}, host.say("end_again")),
    h("div", { class: "hoc-again-card" },
      h("ul", {}, ...names.slice(0, MOST).map((name) => h("li", {}, name))),
      names.length > MOST ? h("p", { class: "hoc-note" }, host.say("end_again_more", { count: names.length - MOST })) : null,
      does.round ? button(label, () => does.round(wrong), "hoc-quiet hoc-framed") : h("a", { class: "hoc-quiet hoc-framed", href: hrefOf(page, wrong[0], questions[wrong[0]]) }, label)),
    meeting);
}

// Shows the next day of the follow-up, which has a calendar to download.
/** @param {Host} host */
async function fillMeeting(host, place) {
  const started = host.course.follow ? await startedOn(host) : null;
  const today = isoNow().slice(0, 10);
  const day = started && host.course.packs.map((days) => dayAfter(started, days)).find((other) => other > today);
  if (!day) return;
  const [year, month, date] = day.split("-");
  const weekday = new Intl.DateTimeFormat("vi", { weekday: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)).replace(/^T/u, "t");
  place.replaceChildren(host.say("end_meet_on", { day: `${weekday}, ${Number(date)}-${Number(month)}-${year}` }), " ", h("a", { href: `#/${host.course.follow}` }, host.say("end_calendar")));
}

/** @param {Host} host */
function goingOn(host, page, entries, following, does) {
  const unit = host.course.units[page.id];
  const extra = openOf(unit.extra, entries).length;
  const next = following && host.course.units[following];
  const about = next && [next.total || next.core ? host.say("not_begun", { total: next.core?.length ?? next.total }) : null, next.minutes ? host.say("takes", next) : null].filter(Boolean).join(", ");
  const more = page.screens.filter((screen) => screen.extra).length;
  if (!next && !more) return null;
  return h("section", { class: "hoc-no-print" }, h("h2", {}, host.say("end_on")),
    next ? h("a", { class: "hoc-card", href: `#/${following}` }, h("strong", {}, next.title), h("span", {}, about)) : null,
    does.extras && more ? h("p", {}, button(host.say("end_extras", { count: more }), does.extras, "hoc-link")) : null,
    extra ? h("p", { class: "hoc-note" }, host.say("end_more", { count: extra })) : null);
}

function placeOf(page, name) {
  return page.screens.findIndex(({ parts }) => parts.some((part) => part.ask === name)) + 1;
}

function hrefOf(page, name, question) {
  return `#/${page.address ?? page.id}/${placeOf(page, name)}/${question.id}`;
}

/** @param {Host} host */
function linkTo(host, page, name, question, numbers = null) {
  const title = question.title ?? page.screens[placeOf(page, name) - 1].title;
  return h("a", { href: hrefOf(page, name, question) }, numbers ? `${host.say("number", { number: numbers.get(name) })}. ${title}` : title);
}
