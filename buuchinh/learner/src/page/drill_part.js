// Pictures of parcels, in a lesson, in a pack or alone: their script comes when they are first shown.
import { h } from "../question/dom.js";
import { placeOf } from "./journal.js";
import { isoNow } from "../logic/answer_entries.js";

const KEPT = "1.0.0"; // the version under which series are kept, in notebooks too

export function drillPart(app, place) {
  const el = h("div", { class: "hoc-drill" }, h("p", {}, app.say("opening")));
  app.closing.add(show(app, place, el).catch((error) => {
    console.error(error);
    el.replaceChildren(h("p", { class: "hoc-alarm", role: "alert" }, app.say("not_loaded")));
  }));
  return el;
}

async function show(app, place, el) {
  const [open, page] = await Promise.all([app.tool("kien"), app.loaded(app.course.drill)]);
  el.replaceChildren();
  return open({ store: storeOf(app, page), page, place, el });
}

// What was said of pictures is kept as answers are, by the id of the picture.
function storeOf(app, page) {
  const where = placeOf(app.person ?? "", page.id, KEPT);
  const key = `drill ${app.person ?? ""}`;
  return {
    code: app.person,
    lines: () => app.journal.lines(where),
    append: (line) => app.journal.append(where, { ...line, at: isoNow(), origin: "choice" }),
    state: async () => (await app.journal.get(key)) ?? {},
    keep: (state) => app.journal.set(key, state),
  };
}

export async function drillView(app) {
  app.page = await app.loaded(app.course.drill);
  return [
    h("article", { class: "hoc-sheet" }, h("h1", { tabindex: "-1" }, app.page.title), drillPart(app, "rieng")),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}
