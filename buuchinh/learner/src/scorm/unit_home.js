// The first page of a package for an LMS: how far one is, what the LMS was told, the way back into the unit.
import { h } from "../question/dom.js";
import { standingOf } from "../work/standing.js";

export async function unitHome(host, page, record, session) {
  const { done, total } = await standingOf(host, page.id);
  const report = record.report();
  const begun = Boolean(report?.began);
  const isOpen = session.state() === "open";
  const whole = Object.keys(record.notWhole()).length === 0;
  return [
    h("article", { class: "hoc-sheet", lang: "vi" },
      h("h1", { tabindex: "-1" }, page.title),
      h("p", { class: "hoc-big" }, host.say("done_of", { done, total })),
      isOpen && report && report.share !== null && session.has("cmi.core.score.raw") ? h("p", {}, host.say("lms_score", { share: report.share })) : null,
      report?.done || isOpen ? h("p", {}, host.say(report?.done ? "lms_finished" : "lms_unfinished")) : null,
      isOpen && begun && whole ? h("p", { class: "hoc-note" }, host.say("lms_leave")) : null,
      h("p", {}, h("a", { class: "hoc-button", href: `#/${record.place() || page.id}` }, host.say(report?.done ? "lms_look" : begun ? "lms_go_on" : "lms_begin")))),
  ];
}
