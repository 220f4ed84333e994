// "Giấy ghi nhận tự học": what was done on this device and when, with no verdict beyond the figures.
import { button, h } from "../../question/dom.js";
import { givenIn, isGraded, endOf, linesOf, standingOf } from "../sheets.js";
import { marked } from "../test_view.js";
import { dayShown, today } from "./law_view.js";

export async function certificateView(app) {
  const rows = [];
  for (const unit of [...app.course.lessons, ...app.course.tests, ...app.course.exercises]) {
    const row = await rowOf(app, unit);
    if (row) rows.push(row);
  }
  const name = h("input", { id: "hoc-name", autocomplete: "name", maxlength: "80" });
  const named = h("p", { hidden: true });
  name.addEventListener("input", () => {
    named.hidden = !name.value.trim();
    named.textContent = app.say("paper_name", { name: name.value.trim() });
  });
  const empty = rows.length === 0;
  return [
    h("div", { class: "hoc-field hoc-no-print" }, h("label", { for: name.id }, app.say("paper_name_label")), name, h("p", { class: "hoc-note" }, app.say("paper_name_hint"))),
    h("article", { class: "hoc-sheet hoc-paper" },
      h("h1", { tabindex: "-1" }, app.say("paper_title")),
      h("p", {}, h("strong", {}, app.course.title)),
      named,
      app.person ? h("p", {}, app.say("code_of", { code: app.person })) : null,
      empty ? h("p", {}, app.say("paper_empty")) : h("table", {},
        h("thead", {}, h("tr", {}, ...["paper_unit", "paper_done", "paper_when"].map((word) => h("th", { scope: "col" }, app.say(word))))),
        h("tbody", {}, ...rows)),
      h("p", {}, h("strong", {}, app.say("paper_not"))),
      h("p", {}, app.say("paper_how")),
      h("p", { class: "hoc-note" }, app.say("paper_foot", { on: dayShown(today()), version: app.course.version, reviewed: app.course.reviewed }))),
    h("div", { class: "hoc-bar" },
      h("a", { class: "hoc-quiet", href: "#/ket-qua" }, app.say("results")),
      empty ? h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home")) : button(app.say("paper_print"), () => print(), "hoc-button")),
  ];
}

async function rowOf(app, unit) {
  const { version, total, done: ofMain, more } = await standingOf(app, unit.id);
  const lines = isGraded(app, unit.id) ? await linesOf(app, unit.id, version) : (await app.journal.unit(app.person ?? "", unit.id)).map(({ line }) => line);
  const done = givenIn(lines);
  if (!done) return null;
  const days = lines.map(({ at }) => at.slice(0, 10)).sort();
  const [first, last] = [days[0], days[days.length - 1]].map(dayShown);
  const end = app.course.tests.some(({ id }) => id === unit.id) ? await endOf(app, unit.id) : null;
  const counted = app.say(more ? "paper_core" : "done_of", { done: unit.core ? ofMain : Math.min(done, total), total, count: more });
  const figures = end?.version === unit.version ? `${counted}. ${await rightOf(app, unit, end)}` : counted;
  return h("tr", {}, h("th", { scope: "row" }, unit.title), h("td", {}, figures), h("td", {}, first === last ? first : `${first} – ${last}`));
}

async function rightOf(app, unit, end) {
  const page = await app.loaded(unit.id);
  return app.say("test_score", { right: marked(app, page, end.answers).right, total: page.shown.length });
}
