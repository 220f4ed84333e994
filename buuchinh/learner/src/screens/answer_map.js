// The map of a sheet: each question that can be answered here, and how complete its answer is. It shows a verdict only once the
// solutions were opened.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";

const WORDS = { whole: "done_state", partly: "partly_state", empty: "ahead_state" };
const CLASSES = { whole: "hoc-done", partly: "hoc-partly", empty: "" };
const SIGNS = { whole: "●", partly: "◐", empty: "" };
const PERSON = "✎"; // a person marks it
// By the solutions: sign, class and word of each mark.
/** @type {Named<[string, string, string]>} */
const MARKS = {
  right: ["✓", "hoc-right", "mark_right"],
  partly: ["½", "hoc-not-yet", "mark_partly"],
  wrong: ["✗", "hoc-not-yet", "mark_wrong"],
  empty: ["", "", "mark_empty"],
  person: [PERSON, "", "mark_person"],
  none: ["", "", "mark_none"],
  unread: ["?", "", "mark_unread"],
};

// Returns the ids of the questions that can be answered here: those for code are answered in JupyterLab, and a page does not
// count them as missing.
/** @param {Host} host */
export function idsOnHost(host, page, questions) {
  return host.kind === "notebook" ? page.ids : page.ids.filter((id) => !typeOf(questions[id]).fromCode);
}

// Counts the questions that are answered whole.
export function wholeOf(work, questions, ids) {
  return ids.filter((id) => work.state(questions[id]) === "whole").length;
}

// Returns the address of a question: the screen that asks it, and its id.
export function addressOf(page, id) {
  const screen = page.screens.findIndex((screen) => screen.parts.some((part) => part.ask === id)) + 1;
  return `#/${page.address ?? page.id}/${screen}/${id}`;
}

// Returns the map; current: the question that is shown beside it; marks: by the solutions (work/solution_marks.js).
/** @param {Host} host */
export function answerMap(host, page, work, { numbers, questions, current = null, marks = null }) {
  const map = h("ol", { class: "hoc-map" });

  function placed(id, sign, kind, name) {
    return h("li", {}, h("a", { class: kind, href: addressOf(page, id), "aria-label": name, "aria-current": id === current ? "step" : null },
      String(numbers.get(id)), sign ? h("span", { "aria-hidden": "true" }, sign) : null));
  }

  function marked(id) {
    const [sign, kind, word] = MARKS[marks.of(id).state];
    return placed(id, sign, kind, `${host.say("number", { number: numbers.get(id) })}: ${host.say(word)}`);
  }

  function place(id) {
    const state = work.state(questions[id]);
    const person = questions[id].manual ? host.say("map_person") : "";
    const name = `${host.say("number", { number: numbers.get(id) })}: ${[host.say(WORDS[state]), person].filter(Boolean).join(", ")}`;
    const sign = [SIGNS[state], person && PERSON].filter(Boolean).join("");
    return placed(id, sign, CLASSES[state], name);
  }

  const draw = () => map.replaceChildren(...idsOnHost(host, page, questions).map(marks ? marked : place));
  work.watch(draw);
  draw();
  return map;
}

/** @param {Host} host */
export function mapLegend(host, page, questions, marks = null) {
  if (marks) return markLegend(host, new Set(idsOnHost(host, page, questions).map((id) => marks.of(id).state)));
  const person = idsOnHost(host, page, questions).some((id) => questions[id].manual);
  const row = (sign, word) => h("li", {}, h("span", { "aria-hidden": "true" }, sign), host.say(word));
  return h("ul", { class: "hoc-legend" }, row(SIGNS.whole, "done_state"), row(SIGNS.partly, "partly_state"), row("○", "ahead_state"), person ? row(PERSON, "map_person") : null);
}

// Lists the signs of the marks that the map has.
/** @param {Host} host */
function markLegend(host, states) {
  const rows = Object.entries(MARKS).filter(([state, [sign]]) => sign && states.has(state));
  return h("ul", { class: "hoc-legend" }, ...rows.map(([, [sign, kind, word]]) => h("li", {}, h("span", { "aria-hidden": "true", class: kind }, sign), host.say(word))));
}
