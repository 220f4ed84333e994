// The start page: the code, the lessons and the exercises with what is done.

import { fill, h } from "./dom.js";
import { pageAddress, redraw, submitOnEnter, talk } from "./lab.js";

function render({ model, el }) {
  const { words, title, reviewed } = model.get("payload");
  const status = h("p", { role: "status", class: "bc-bad" });
  const page = h("div", {});
  let changing = false;
  let typed = "";
  const send = talk(model, 6000, silent, heard);

  function ask(content) {
    status.textContent = "";
    send(content);
  }

  function silent() {
    status.textContent = words.no_kernel;
    draw();
  }

  function heard(message) {
    if (message.did === "open") window.location.assign(pageAddress(message.path));
    if (message.did === "code") changing = false;
    draw();
    if (message.did === "code") page.querySelector("button")?.focus(); // the field that had it is gone
    if (message.did === "refuse") {
      status.textContent = message.message;
      page.querySelector("input")?.focus();
    }
  }

  function codeForm(code) {
    if (code && !changing) {
      const change = () => {
        changing = true;
        draw();
        page.querySelector("input").focus();
      };
      return h("p", {}, fill(words.code_saved, { code }), " ",
        h("button", { type: "button", class: "bc-quiet", onclick: change }, words.code_change));
    }
    const input = h("input", { id: "bc-code", value: typed, autocomplete: "off", spellcheck: "false", "aria-describedby": "bc-code-help", onkeydown: submitOnEnter });
    const submit = (event) => {
      event.preventDefault();
      typed = input.value;
      ask({ do: "code", code: typed });
    };
    return h("div", {},
      h("form", { onsubmit: submit },
        h("div", {}, h("label", { for: "bc-code" }, words.code_label), input),
        h("button", { type: "submit" }, words.code_save)),
      h("p", { id: "bc-code-help", class: "bc-soft" }, words.code_help));
  }

  function row(entry) {
    const done = entry.done ? fill(words.progress, entry) : words.not_started;
    const handed = entry.handed_in ? ` · ${fill(words.handed_in, { at: entry.handed_in })}` : "";
    const open = (event) => {
      event.currentTarget.disabled = true;
      event.currentTarget.textContent = words.opening;
      ask({ do: "open", unit: entry.unit });
    };
    return h("li", { class: "bc-row" },
      h("span", { class: "bc-name" }, entry.title, h("br"), h("small", {}, done + handed)),
      h("button", { type: "button", onclick: open, "aria-label": `${words.open}: ${entry.title}` }, words.open));
  }

  function draw() {
    const { code, lessons, exercises } = model.get("state");
    redraw(
      page,
      codeForm(code), status,
      h("h2", {}, words.lessons), h("ul", {}, ...lessons.map(row)),
      h("h2", {}, words.exercises),
      exercises.length ? h("ul", {}, ...exercises.map(row)) : h("p", {}, words.no_exercises));
  }

  model.on("change:state", draw);
  // Enter and Escape belong to this part: JupyterLab would take them for itself.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-start", lang: "vi" }, h("h2", {}, title), h("p", { class: "bc-soft" }, reviewed), page));
  draw();
}

export default { render };
