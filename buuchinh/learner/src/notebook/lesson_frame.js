// The frame of a lesson in a notebook: at its top the progress and the contents, at its end the result and what comes next.
import { h } from "../question/dom.js";
import { questionsOf } from "../logic/variants.js";
import { endingView, whenFinished } from "../screens/lesson_end.js";
import { segmentRow, segmentsOf } from "../screens/segments.js";
import { stepName } from "../screens/step_name.js";
import { wayTo } from "../screens/way.js";
import { nextOf, roleOf, stepsOf } from "../work/path.js";

export async function lessonFrame(host, page, work, element) {
  const following = await nextOf(host, stepsOf(host, await roleOf(host)), page.id);
  const count = h("span", {});
  const row = segmentRow();
  const bar = h("div", { class: "bc-lesson-bar" }, count, row.element);
  const contents = h("details", { class: "bc-contents" }, h("summary", {}, host.say("contents")));
  const top = h("div", { class: "bc-part bc-lesson-top", lang: "vi" }, bar, contents);
  const end = h("div", {});

  function draw() {
    const questions = questionsOf(page, host.person, work.entries());
    const segments = segmentsOf(page, work, questions, page.on ?? host.course.on);
    const values = { done: segments.filter(({ state }) => state !== "ahead").length, total: segments.length };
    count.textContent = host.say("done_of", values);
    row.set(segments.map(({ state }) => state), host.say("place_told", values));
    end.replaceChildren(
      endingView(host, page, work, { questions, following, heading: "h2" }),
      h("p", {}, h("a", { class: "hoc-button", ...wayTo(host, following ?? "") }, following ? host.say("next_lesson", { title: stepName(host, following) }) : host.say("to_home"))));
  }

  // Lists the headings of the text that are on the page when the contents are opened: JupyterLab may draw them after the frame.
  function list(notebook) {
    const headings = [...notebook.querySelectorAll(".jp-RenderedMarkdown h2")];
    const line = (heading) => h("li", {}, h("button", { type: "button", class: "bc-link", onclick: () => goTo(heading) }, heading.textContent.replace("¶", "").trim()));
    contents.replaceChildren(contents.firstChild, h("ol", { class: "bc-plain" }, ...headings.map(line)));
  }

  function goTo(heading) {
    heading.setAttribute("tabindex", "-1");
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  }

  element.replaceChildren(h("div", { class: "bc-part bc-lesson-end" }, end));
  const notebook = element.closest(".jp-Notebook");
  notebook?.querySelector(".jp-Cell")?.append(top);
  contents.addEventListener("toggle", () => notebook && list(notebook));
  whenFinished(page, work, questionsOf(page, host.person, work.entries()));
  work.watch(draw);
  draw();
  return { dispose: () => top.remove() };
}
