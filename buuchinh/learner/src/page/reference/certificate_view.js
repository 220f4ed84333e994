// "Giấy ghi nhận tự học": what was done on this device and when, with no verdict beyond the figures.
import { button, h } from "../../question/dom.js";
import { entriesOf } from "../../logic/answer_entries.js";
import { marked } from "../../screens/test.js";
import { countGiven, isGraded, standingOf } from "../../work/standing.js";
import { dayShown, today } from "./law_view.js";

export async function certificateView(host) {
  const rows = [];
  for (const unit of [...host.course.lessons, ...host.course.tests, ...host.course.exercises]) {
    const row = await rowOf(host, unit);
    if (row) rows.push(row);
  }
  const name = h("input", { id: "hoc-name", autocomplete: "name", maxlength: "80" });
  const named = h("p", { hidden: true });
  name.addEventListener("input", () => {
    named.hidden = !name.value.trim();
    named.textContent = host.say("paper_name", { name: name.value.trim() });
  });
  const empty = rows.length === 0;
  return [
    h("div", { class: "hoc-field hoc-no-print" }, h("label", { for: name.id }, host.say("paper_name_label")), name, h("p", { class: "hoc-note" }, host.say("paper_name_hint"))),
    h("article", { class: "hoc-sheet hoc-paper" },
      h("h1", { tabindex: "-1" }, host.say("paper_title")),
      h("p", {}, h("strong", {}, host.course.title)),
      named,
      host.person ? h("p", {}, host.say("code_of", { code: host.person })) : null,
      empty ? h("p", {}, host.say("paper_empty")) : h("table", {},
        h("thead", {}, h("tr", {}, ...["paper_unit", "paper_done", "paper_when"].map((word) => h("th", { scope: "col" }, host.say(word))))),
        h("tbody", {}, ...rows)),
      h("p", {}, h("strong", {}, host.say("paper_not"))),
      h("p", {}, host.say("paper_how")),
      h("p", { class: "hoc-note" }, host.say("paper_foot", { on: dayShown(today()), version: host.course.version, reviewed: host.course.reviewed }))),
    h("div", { class: "hoc-bar" },
      h("a", { class: "hoc-quiet", href: "#/ket-qua" }, host.say("results")),
      empty ? h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home")) : button(host.say("paper_print"), () => print(), "hoc-button")),
  ];
}

async function rowOf(host, unit) {
  const { version, total, done: ofMain, more } = await standingOf(host, unit.id);
  const ofVersion = (one) => !isGraded(host, unit.id) || one.version === version;
  const lines = (await host.store.unit(host.person ?? "", unit.id)).filter(ofVersion).map(({ line }) => line);
  const done = countGiven(entriesOf(lines));
  if (!done) return null;
  const days = lines.map(({ at }) => at.slice(0, 10)).sort();
  const [first, last] = [days[0], days[days.length - 1]].map(dayShown);
  const end = host.course.tests.some(({ id }) => id === unit.id) ? await host.journal.read("finished", unit.id) : null;
  const counted = host.say(more ? "paper_core" : "done_of", { done: unit.core ? ofMain : Math.min(done, total), total, count: more });
  const figures = end?.version === unit.version ? `${counted}. ${await rightOf(host, unit, end)}` : counted;
  return h("tr", {}, h("th", { scope: "row" }, unit.title), h("td", {}, figures), h("td", {}, first === last ? first : `${first} – ${last}`));
}

async function rightOf(host, unit, end) {
  const page = await host.loaded(unit.id);
  return host.say("test_score", { right: marked(host, page, end.answers).right, total: page.shown.length });
}
