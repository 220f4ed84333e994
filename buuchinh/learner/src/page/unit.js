// The script of all pages that ask questions: types register themselves, and the address is drawn.
import "buuchinh:types";
import { shared } from "buuchinh:shared";
import { h } from "../question/dom.js";
import { checker } from "../question/is_right.js";
import { drillView } from "../screens/drill.js";
import { followUpView } from "../screens/follow_up.js";
import { testView } from "../screens/test.js";
import { sheetAt } from "../work/standing.js";
import { openWork } from "../work/work.js";
import { explained } from "./glossary.js";
import { lessonView } from "./lesson_layout.js";
import { quickView } from "./quick_quiz.js";
import { sheetView } from "./sheet_layout.js";
import { readable } from "./read_aloud.js";
import { aloneList, aloneView, caseView } from "./standalone.js";

const ALONE = "rieng-";
const CASE = "ca-"; // the case of the day, by its name

Object.assign(/** @type {any} */ (window.hoc).shared, shared);

// What stands at #/id/at/asked, with its words explained and a voice where the device has one.
export async function unitAt(host, id, at, asked) {
  const made = await drawn(host, id, at, asked);
  explained(host, made);
  readable(host, made);
  return made;
}

async function drawn(host, id, at, asked) {
  const { course } = host;
  if (id === course.follow) return followUpView(host);
  if (id === course.drill) return drillView(host);
  const view = id === course.alone ? aloneList : id.startsWith(ALONE) ? aloneView : id === course.quick ? quickView : null;
  if (view) {
    host.page = await host.loaded(id);
    return view(host, host.page);
  }
  if (course.cases[id.replace(CASE, "")] && id.startsWith(CASE)) return caseView(host, id.replace(CASE, ""));
  host.page = await sheetAt(host, id);
  if (!host.page) return [h("h1", { tabindex: "-1" }, host.say("not_found")), h("a", { class: "hoc-button", href: "#/" }, host.say("to_home"))];
  if (host.page.kind === "test") return testView(host, host.page, await openWork(host, host.page));
  if (host.page.kind === "try") return (await host.tool("cua-toi")).selfCheck(host, host.page, at, asked);
  return host.page.kind === "lesson" ? lessonView(host, host.page, at, asked) : sheetView(host, host.page, at, asked);
}

unitAt.checker = checker;
