// Around a lesson: at its top how far one is and what stands in it, at its end the result and what comes next.

import { fill, h } from "../question/dom.js";
import { pageAddress, talk } from "./lab.js";

function render({ model, el }) {
  const { words } = model.get("payload");
  const status = h("p", { role: "status", class: "bc-bad" });
  const end = h("div", {});
  const bar = h("div", { class: "bc-lesson-bar" });
  const contents = h("details", { class: "bc-contents" }, h("summary", {}, words.contents));
  const top = h("div", { class: "bc-part bc-lesson-top", lang: "vi" }, bar, contents);
  const send = talk(model, 8000, () => (status.textContent = words.no_kernel), heard);

  function heard(message) {
    if (message.did === "open") window.location.assign(pageAddress(message.path));
    else status.textContent = message.message;
  }

  function draw() {
    const state = model.get("state");
    bar.replaceChildren(
      h("span", {}, fill(words.done, state)), " ",
      h("progress", { max: state.total || 1, value: state.done, "aria-label": words.progress }));
    end.replaceChildren(...[
      h("h2", {}, words.title),
      h("p", {}, fill(words.done, state), " ", state.scored ? fill(words.right, state) : null),
      state.next ? h("button", { type: "button", onclick: () => send({ do: "open" }) }, fill(words.next, state.next)) : h("p", {}, words.last),
    ].filter(Boolean));
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

  for (const one of [el, top]) one.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-lesson-end", lang: "vi" }, end, status));
  const notebook = el.closest(".jp-Notebook");
  if (notebook) {
    notebook.querySelector(".jp-Cell")?.append(top);
    contents.addEventListener("toggle", () => list(notebook));
    list(notebook);
  }
  model.on("change:state", draw);
  draw();
  return () => {
    model.off("change:state", draw);
    top.remove();
  };
}

export default { render };
