// The end of a test: how many are answered, the button that ends it, and then the result.

import { fill, h, verdict } from "../question/dom.js";
import { talk } from "./lab.js";

function render({ model, el }) {
  const { words } = model.get("payload");
  const status = h("p", { role: "status" });
  const before = h("p", {});
  const done = h("p", {});
  // one button for good: each answer changes the count while the keyboard may stand on it
  const place = h("div", {}, before, done, h("button", { type: "button", onclick: press }, words.finish));
  let sure = false;
  const send = talk(model, 8000, silent, heard);

  function press() {
    const { missing } = model.get("state");
    if (missing.length && !sure) {
      sure = true;
      status.textContent = fill(words.missing, { numbers: missing.join(", ") });
      return;
    }
    status.textContent = words.working;
    send({ do: "finish" });
  }

  function silent() {
    status.textContent = words.no_kernel;
  }

  function heard(message) {
    status.textContent = message.did === "refuse" ? message.message : "";
    draw();
    if (message.did === "finish") place.querySelector("h2")?.focus();
  }

  function draw() {
    const { total, missing, result, before: ended } = model.get("state");
    before.textContent = ended;
    if (result) place.replaceChildren(...resultOf(result));
    else done.textContent = fill(words.answered, { done: total - missing.length, total });
  }

  function resultOf(result) {
    const heading = h("h2", { tabindex: "-1" }, result.headline);
    return [
      heading,
      h("p", {}, result.sentence),
      result.read.length ? h("p", {}, words.read) : null,
      result.read.length ? h("ul", { class: "bc-plain" }, ...result.read.map((title) => h("li", {}, title))) : null,
      h("ol", { class: "bc-told-list" }, ...result.questions.map(row)),
    ].filter(Boolean);
  }

  function row(question) {
    return h("li", {},
      h("p", {}, verdict(question.right, words), " ", h("strong", {}, question.title)),
      ...question.lines.map((line) => h("p", {}, fill(words.chose, { chosen: line.chosen }), h("br"), line.remark)),
      question.lines.length ? null : h("p", {}, words.unanswered),
      question.basis.length ? h("p", { class: "bc-soft" }, `${words.basis}: ${question.basis.join("; ")}`) : null);
  }

  model.on("change:state", draw);
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-self-test", lang: "vi" }, place, status));
  draw();
}

export default { render };
