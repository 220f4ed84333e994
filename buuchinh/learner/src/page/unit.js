// The script of all pages with questions: it registers the types, and draws the addressed page.
import "buuchinh:types";
import { shared } from "buuchinh:shared";
import { h } from "../question/dom.js";
import { checker } from "../question/is_right.js";
import { drillView } from "../screens/drill.js";
import { followUpView } from "../screens/follow_up.js";
import { testView } from "../screens/test.js";
import { sheetAt } from "../work/standing.js";
import { openWork } from "../work/work.js";
import { markTerms } from "./glossary.js";
import { lessonView } from "./lesson_layout.js";
import { quickView } from "./quick_quiz.js";
import { sheetView } from "./sheet_layout.js";
import { readable } from "./read_aloud.js";
import { aloneList, aloneView, caseView } from "./standalone.js";
import { ALONE, CASE, OWN_SCRIPT } from "../routes.js";

Object.assign(/** @type {any} */ (window.hoc).shared, shared);

// Returns the page at #/id/at/asked, with its words explained and a voice if the device has one.
export async function unitAt(host, id, number, question) {
  const made = await drawUnit(host, id, number, question);
  markTerms(host, made);
  readable(host, made);
  return made;
}

// The views by the kind of a page. `number` and `question` are the screen and the question of the address.
/** @type {Named<(host: any, page: any, number?: number, question?: string) => any>} */
const VIEWS = {
  lesson: lessonView,
  exercise: sheetView,
  exam: sheetView,
  test: async (host, page) => testView(host, page, await openWork(host, page)),
  try: async (host, page, number, question) => (await host.tool(OWN_SCRIPT)).selfCheckView(host, page, number, question),
  alone: aloneView,
  list: aloneList,
  quick: quickView,
  drill: drillView,
  follow_up: followUpView,
};

async function drawUnit(host, id, number, question) {
  const { alone, cases, drill, follow, quick } = host.course;
  if (id.startsWith(CASE) && cases[id.slice(CASE.length)]) return caseView(host, id.slice(CASE.length));
  const beside = [alone, drill, follow, quick].includes(id) || id.startsWith(ALONE);
  host.page = await (beside ? host.loaded(id) : sheetAt(host, id));
  if (!host.page) return [h("h1", { tabindex: "-1" }, host.say("not_found")), h("a", { class: "hoc-button", href: "#/" }, host.say("to_home"))];
  return VIEWS[host.page.kind](host, host.page, number, question);
}

unitAt.checker = checker;
