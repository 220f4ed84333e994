// "Của tôi": how well each objective is mastered and the questions to meet again, the other lessons, days of review, the paper;
// below, the data stored on this device.
import { h } from "../../question/dom.js";
import { roleOf } from "../../work/path.js";
import { standingOf } from "../../work/standing.js";
import { codeSentence } from "../../screens/code_sentence.js";
import { keepingView } from "../reference/keeping.js";
import { answeredLessons } from "./results.js";
import { AGAIN, CERTIFICATE } from "../../routes.js";

const DOTS = 5;
const FEW = 4; // questions to meet again

export async function resultsView(host) {
  const place = h("div", {});
  async function draw() {
    place.replaceChildren(...(await learningOf(host)));
  }
  await draw();
  return [
    h("div", { class: "hoc-results" },
      h("h1", { tabindex: "-1" }, host.say("results")),
      h("p", { class: "hoc-note" }, codeSentence(host)),
      place,
      await keepingView(host, draw)),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}

async function learningOf(host) {
  const { lessons, own, packs } = await answeredLessons(host);
  const role = await roleOf(host);
  const units = Object.values(host.course.units);
  const mine = (unit) => !role || role.path.includes(unit.id);
  const isVisible = ({ unit, standing }) => standing.begun > 0 || standing.others.length > 0 || (role !== null && mine(unit));
  const rows = await Promise.all(units.filter((unit) => !unit.core).map(async (unit) => ({ unit, standing: await standingOf(host, unit.id) })));
  const begun = lessons.length || rows.some(({ standing }) => standing.begun || standing.others.length);
  const known = new Set(lessons.map(({ unit }) => unit.id));
  const beside = host.course.lessons.filter(({ id }) => !known.has(id));
  const [first, ...others] = [...lessons].sort((a, b) => Number(mine(b.unit)) - Number(mine(a.unit)));
  const further = [...beside.filter((unit) => !mine(unit)).map((unit) => lessonRow(host, unit)), ...rows.filter((row) => !isVisible(row)).map((row) => unitRow(host, row))];
  return [
    begun ? null : emptyView(host),
    h("div", { class: "hoc-learnt" },
      h("div", {}, first ? lessonCard(host, first, true) : null, ...others.filter(({ unit }) => mine(unit)).map((lesson) => lessonCard(host, lesson, false))),
      h("div", {}, meetAgain(host, lessons), ...own.slice(-1).map((lesson) => promise(host, lesson)))),
    h("div", { class: "hoc-learnt-more" },
      listCard(host.say(known.size ? "other_lessons" : "first_lessons"), beside.filter(mine).map((unit) => lessonRow(host, unit))),
      listCard(host.say("review_days"), packs.map((pack) => packRow(host, pack)), host.course.follow && packs.length ? h("a", { href: `#/${host.course.follow}` }, host.say("review_open")) : null),
      paperCard(host)),
    tableOf(host.say("handed_and_tests"), rows.filter(isVisible).map((row) => unitRow(host, row))),
    further.length || others.some(({ unit }) => !mine(unit)) ? h("details", { class: "hoc-fold" }, h("summary", {}, host.say("results_else")),
      ...others.filter(({ unit }) => !mine(unit)).map((lesson) => lessonCard(host, lesson, false)), tableOf("", further)) : null,
  ].filter(Boolean);
}

function emptyView(host) {
  const { alone, drill } = host.course;
  return h("section", { class: "hoc-sheet" }, h("p", {}, host.say("results_empty")), alone || drill ? h("p", {}, h("a", { class: "hoc-button", href: `#/${alone ?? drill}` }, host.say("results_begin"))) : null);
}

// Returns a lesson with its objectives: a dot for each of the latest questions, and one word.
function lessonCard(host, { unit, day, objectives, wrong }, open) {
  const done = day ? h("span", { class: "hoc-chip hoc-chip-done" }, "✓ ", host.say("results_done", { day: shortDay(day) })) : null;
  const rows = objectives.map(({ title, last, word }) => h("li", {},
    h("span", {}, title),
    h("span", { class: "hoc-dots", role: "img", "aria-label": host.say("results_dots", { right: last.filter(Boolean).length, count: last.length }) },
      ...Array.from({ length: DOTS }, (_, n) => h("i", { class: last[n] === undefined ? "" : last[n] ? "hoc-dot-right" : "hoc-dot-wrong" }))),
    h("span", { class: `hoc-chip hoc-${word}` }, host.say(word))));
  return h("details", { class: "hoc-sheet hoc-lesson-card", open },
    h("summary", {}, h("strong", {}, unit.title), " ", done),
    rows.length ? h("ul", { class: "hoc-objectives" }, ...rows) : null,
    rows.length ? legend(host) : null,
    h("p", {}, h("a", { href: `#/${unit.id}` }, host.say(wrong.length || !day ? "results_go_on" : "results_look"))));
}

function legend(host) {
  const dot = (kind, word) => h("span", {}, h("i", { class: kind, "aria-hidden": "true" }), host.say(word));
  return h("p", { class: "hoc-dots hoc-dots-told" }, dot("hoc-dot-right", "dot_right"), dot("hoc-dot-wrong", "dot_wrong"), dot("", "dot_none"), h("span", {}, host.say("dot_rule")));
}

// Lists the questions not right at the first try: one button practises more of the first kind, each question is a link.
function meetAgain(host, lessons) {
  const all = lessons.flatMap(({ page, wrong }) => wrong.map((question) => ({ ...question, page })));
  if (!all.length) return null;
  const [{ page, name }] = all;
  const link = ({ page: lesson, at, question, title }) => h("li", {}, h("a", { href: `#/${lesson.id}/${at}/${question.id}` }, title), h("small", {}, lesson.title));
  return h("section", { class: "hoc-meet" }, h("h2", {}, host.say("results_again")),
    h("ul", {}, ...all.slice(0, FEW).map(link)),
    all.length > FEW ? h("p", { class: "hoc-note" }, host.say("results_again_more", { count: all.length - FEW })) : null,
    AGAIN in host.course.later ? h("a", { class: "hoc-button", href: `#/${AGAIN}/${page.id}/${name}` }, host.say("again")) : null);
}

function promise(host, { text, lesson }) {
  return h("section", { class: "hoc-promise" }, h("p", { class: "hoc-note" }, host.say("results_promise", { lesson })), h("blockquote", {}, `“${text}”`));
}

function listCard(title, rows, more = null) {
  return rows.length ? h("section", { class: "hoc-sheet" }, h("h2", {}, title), h("ul", { class: "hoc-plain-list" }, ...rows.map((row) => h("li", {}, row))), more) : null;
}

function lessonRow(host, unit) {
  return h("span", { class: "hoc-lesson-row" }, h("span", {}, unit.title, " · ", host.say("results_not_begun")), h("a", { href: `#/${unit.id}`, "aria-label": `${host.say("results_open")}: ${unit.title}` }, host.say("results_open")));
}

function packRow(host, { days, day, open }) {
  const [year, month, date] = day.split("-").map(Number);
  const weekday = new Date(year, month - 1, date).toLocaleDateString("vi-VN", { weekday: "long" });
  return host.say("review_row", { when: open ? host.say("review_now") : `${weekday}, ${shortDay(day)}`, days });
}

function paperCard(host) {
  return h("section", { class: "hoc-paper-small" }, h("div", {}, h("strong", {}, host.say("paper_title")), h("p", { class: "hoc-note" }, host.say("paper_invites")), h("a", { class: "hoc-quiet hoc-choice", href: `#/${CERTIFICATE}` }, host.say("paper_open"))));
}

// Returns a row for an exercise, an exam or a short test: how much of it is answered here.
function unitRow(host, { unit, standing }) {
  const before = standing.others.map((version) => h("div", { class: "hoc-note" }, host.say("of_version", { count: version.done, version: version.version })));
  return [h("a", { href: `#/${unit.id}` }, unit.title), h("span", { class: "hoc-of" }, `${standing.done} / ${standing.total}`), ...before];
}

function tableOf(title, rows) {
  if (!rows.length) return null;
  const row = (cells) => (Array.isArray(cells) ? h("tr", {}, h("th", { scope: "row" }, cells[0]), h("td", {}, ...cells.slice(1))) : h("tr", {}, h("td", { colspan: "2" }, cells)));
  return h("table", { class: "hoc-units" }, title ? h("caption", {}, title) : null, h("tbody", {}, ...rows.map(row)));
}

const shortDay = (day) => day.split("-").slice(1).reverse().map(Number).join("-");
