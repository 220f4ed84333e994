// "Giấy ghi nhận tự học": one landscape sheet in the style of an airmail letter, with the finished main parts and their days.
// It claims no pass.
import { button, h, unbroken } from "../../question/dom.js";
import { postmark } from "../../screens/stamp.js";
import { marked } from "../../screens/test.js";
import { formatDay, today } from "../reference/law_view.js";
import { finishedDay } from "./results.js";
import { RESULTS } from "../../routes.js";

export async function certificateView(host) {
  const lessons = [];
  for (const unit of host.course.lessons) {
    const day = await finishedDay(host, unit, await host.journal.entries({ unit: unit.id, version: unit.version }));
    if (day) lessons.push({ unit, day });
  }
  const tests = [];
  for (const unit of host.course.tests) tests.push(await testLine(host, unit));
  const sentences = tests.filter(Boolean);
  const empty = !lessons.length && !sentences.length;
  const name = h("input", { id: "hoc-name", autocomplete: "name", maxlength: "80" });
  const named = h("p", { class: "hoc-paper-name" }, "\u00a0");
  name.addEventListener("input", () => {
    named.textContent = name.value.trim() || "\u00a0";
  });
  return [
    h("div", { class: "hoc-field hoc-no-print" }, h("label", { for: name.id }, host.say("paper_name_label")), name, h("p", { class: "hoc-note" }, host.say("paper_name_hint"))),
    h("article", { class: "hoc-paper" }, h("div", {},
      h("p", { class: "hoc-paper-course" }, host.course.title),
      h("h1", { tabindex: "-1" }, host.say("paper_title")),
      named,
      host.person ? h("p", { class: "hoc-note" }, `${host.say("receipt_who")}: ${host.person}`) : null,
      lessons.length ? h("p", {}, host.say("paper_done_lessons", { count: lessons.length })) : null,
      lessons.length ? h("ul", { class: "hoc-paper-lessons" }, ...lessons.map(({ unit, day }) => h("li", {}, h("strong", {}, unit.title), ` · ${formatDay(day)}`))) : null,
      empty ? h("p", {}, host.say("paper_empty")) : null,
      ...sentences.map((line) => h("p", { class: "hoc-note" }, line)),
      stampsOf(host, lessons),
      h("p", { class: "hoc-paper-foot" }, host.say("paper_not"), " ", host.say("paper_how"), " ", ...unbroken(host.say("paper_foot", { on: formatDay(today()), version: host.course.version, reviewed: host.course.reviewed }))))),
    h("div", { class: "hoc-bar" },
      h("a", { class: "hoc-quiet", href: `#/${RESULTS}` }, host.say("results")),
      empty ? h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home")) : button(host.say("paper_print"), () => print(), "hoc-button")),
  ];
}

// Returns the stamps of the lessons, and the postmark of the day on which the last of them was finished.
function stampsOf(host, lessons) {
  if (!lessons.length) return null;
  const [last] = lessons.map(({ day }) => day).sort().reverse();
  const pictures = lessons.map(({ unit }) => host.course.pictures?.[unit.id]).filter(Boolean);
  return h("div", { class: "hoc-paper-stamps", "aria-hidden": "true" },
    ...pictures.map((src) => h("span", { class: "hoc-perforated" }, h("span", { class: "hoc-picture" }, h("img", { src: host.fileAt(src), alt: "" })))),
    postmark({ day: last, label: host.say("paper_mark") }));
}

// Returns the line on a short test that was ended in this version, else null.
async function testLine(host, unit) {
  const end = await host.journal.read("finished", unit.id);
  if (end?.version !== unit.version) return null;
  const page = await host.loaded(unit.id);
  return `${unit.title}: ${host.say("test_score", { right: marked(host, page, end.answers).right, total: page.shown.length })}`;
}
