// Around a lesson in a notebook: at its top how far one is and what stands in it, at its end the result and what comes next.
import { h } from "../question/dom.js";
import { numbered, questionsOf } from "../logic/variants.js";
import { coreOf, endingView, resultOf } from "../screens/lesson_end.js";
import { wayTo } from "../screens/way.js";
import { nextOf, roleOf, stepsOf } from "../work/path.js";

export async function lessonFrame(host, page, work, element) {
  const numbers = numbered(page);
  const core = coreOf(page);
  const following = await nextOf(host, stepsOf(host, await roleOf(host)), page.id);
  const bar = h("div", { class: "bc-lesson-bar" });
  const contents = h("details", { class: "bc-contents" }, h("summary", {}, host.say("contents")));
  const top = h("div", { class: "bc-part bc-lesson-top", lang: "vi" }, bar, contents);
  const end = h("div", {});

  function draw() {
    const questions = questionsOf(page, host.person, work.entries());
    const { left } = resultOf(core, questions, work.entries(), page.on ?? host.course.on);
    const done = core.length - left.length;
    bar.replaceChildren(h("span", {}, host.say("done_of", { done, total: core.length })), " ", h("progress", { max: core.length || 1, value: done, "aria-label": host.say("parts") }));
    end.replaceChildren(
      endingView(host, page, work, { numbers, questions }),
      h("p", {}, h("a", { class: "hoc-button", ...wayTo(host, following ?? "") }, following ? host.say("next_lesson", { title: host.titleOf(following) }) : host.say("to_home"))));
  }

  // The headings of the text, as they stand in the page now.
  function list(notebook) {
    const headings = [...notebook.querySelectorAll(".jp-RenderedMarkdown h2")];
    const line = (heading) => h("li", {}, h("button", { type: "button", class: "bc-link", onclick: () => goTo(heading) }, heading.textContent.replace("¶", "").trim()));
    contents.replaceChildren(contents.firstChild, h("ol", { class: "bc-plain" }, ...headings.map(line)));
    contents.hidden = headings.length < 2;
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
  if (notebook) list(notebook);
  work.watch(draw);
  draw();
  return { dispose: () => top.remove() };
}
