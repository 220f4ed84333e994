// Pictures of parcels, in a lesson, in a pack or alone: their script is loaded when they are first shown.
import { h } from "../question/dom.js";
import { isoNow } from "../logic/answer_entries.js";
import { DRILL_SCRIPT } from "../routes.js";

const VERSION = "1.0.0"; // the version under which series are saved, in notebooks too

/** @param {Host} host */
export function drillPart(host, place) {
  const el = h("div", { class: "hoc-drill" }, h("p", {}, host.say("opening")));
  host.closing.add(show(host, place, el).catch((error) => {
    console.error(error);
    el.replaceChildren(h("p", { class: "hoc-alarm", role: "alert" }, host.say("not_loaded")));
  }));
  return el;
}

/** @param {Host} host */
async function show(host, place, el) {
  const [open, page] = await Promise.all([host.tool(DRILL_SCRIPT), host.loaded(host.course.drill)]);
  el.replaceChildren();
  return open({ store: storeOf(host, page), page, place, el });
}

// Returns the store of answers on pictures: saved like other answers, by the id of the picture.
/** @param {Host} host */
function storeOf(host, page) {
  const place = { unit: page.id, version: VERSION };
  return {
    code: host.person,
    lines: async () => Object.entries(await host.journal.entries(place)).map(([id, entry]) => ({ id, ...entry })),
    append: (line) => host.journal.append(place, { ...line, at: isoNow(), origin: "choice" }),
    state: async () => (await host.journal.read("drill")) ?? {},
    keep: (state) => host.journal.write("drill", state),
  };
}

/** @param {Host} host */
export async function drillView(host) {
  host.page = await host.loaded(host.course.drill);
  return [
    h("article", { class: "hoc-sheet" }, h("h1", { tabindex: "-1" }, host.page.title), drillPart(host, "rieng")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}
