// The start page: code and role, the path of the role with its next step, all lessons and exercises with what is done.

import { fill, h } from "./dom.js";
import { pageAddress, redraw, shownAddress, submitOnEnter, talk } from "./lab.js";

function render({ model, el }) {
  const { words, title, reviewed, roles } = model.get("payload");
  const status = h("p", { role: "status", class: "bc-bad" });
  const page = h("div", {});
  let changing = false;
  let changingRole = false;
  let allOpen = false;
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
    if (message.did === "role") changingRole = false;
    draw();
    if (message.did === "code") page.querySelector("button")?.focus(); // the field that had it is gone
    if (message.did === "role") page.querySelector(".bc-next, .bc-change-role")?.focus();
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

  function roleForm(role) {
    if (role && !changingRole) {
      const change = () => {
        changingRole = true;
        draw();
        page.querySelector(".bc-roles button").focus();
      };
      return h("p", {}, fill(words.role_chosen, { role: roles[role].toLowerCase() }), " ",
        h("button", { type: "button", class: "bc-quiet bc-change-role", onclick: change }, words.role_change));
    }
    const choice = ([id, name]) => h("button", {
      type: "button", class: id === role ? "" : "bc-quiet", "aria-pressed": String(id === role), onclick: () => ask({ do: "role", role: id }),
    }, name);
    return h("div", { role: "group", "aria-labelledby": "bc-role", "aria-describedby": "bc-role-help" },
      h("p", { id: "bc-role" }, h("strong", {}, words.role_label)),
      h("div", { class: "bc-roles" }, ...Object.entries(roles).map(choice)),
      h("p", { id: "bc-role-help", class: "bc-soft" }, words.role_help));
  }

  function opener(entry, label, kind = "") {
    const name = label === words.open ? `${label}: ${entry.title}` : null;
    if (entry.sheet) {
      const see = () => ask({ do: "see", unit: entry.unit });
      return h("a", { class: `bc-opens ${kind}`, href: shownAddress(entry.sheet), target: "_blank", rel: "noopener", onclick: see, "aria-label": name }, label);
    }
    const open = (event) => {
      event.currentTarget.disabled = true;
      event.currentTarget.textContent = words.opening;
      ask({ do: "open", unit: entry.unit });
    };
    return h("button", { type: "button", class: kind, onclick: open, "aria-label": name }, label);
  }

  function step(entry) {
    const parts = [{ done: words.state_done, next: words.state_next, later: words.state_later }[entry.state]];
    if (entry.sheet) parts.push(words.sheet);
    else if (entry.done && entry.handed_in === undefined) parts.push(fill(words.core_progress, entry));
    else if (entry.done) parts.push(fill(words.progress, entry));
    if (entry.handed_in) parts.push(fill(words.handed_in, { at: entry.handed_in }));
    return h("li", { class: `bc-row bc-step bc-${entry.state}`, "aria-current": entry.state === "next" ? "step" : null },
      h("span", { class: "bc-sign", "aria-hidden": "true" }, { done: "✓", next: "➜", later: "○" }[entry.state]),
      h("span", { class: "bc-name" }, entry.title, h("br"), h("small", {}, parts.join(" · "))),
      opener(entry, words.open, entry.state === "next" ? "" : "bc-quiet"));
  }

  function path(steps) {
    if (!steps.length) return [];
    const next = steps.find((entry) => entry.state === "next");
    return [
      h("h2", {}, words.path),
      h("p", {}, next ? opener(next, fill(words.path_next, next), "bc-next") : words.path_done),
      h("ol", {}, ...steps.map(step))];
  }

  function row(entry) {
    const done = entry.done ? fill(words.progress, entry) : words.not_started;
    const handed = entry.handed_in ? ` · ${fill(words.handed_in, { at: entry.handed_in })}` : "";
    return h("li", { class: "bc-row" },
      h("span", { class: "bc-name" }, entry.title, h("br"), h("small", {}, done + handed)),
      opener(entry, words.open));
  }

  function draw() {
    const { code, role, steps, lessons, exercises } = model.get("state");
    const all = [
      h("h2", {}, words.lessons), h("ul", {}, ...lessons.map(row)),
      h("h2", {}, words.exercises),
      exercises.length ? h("ul", {}, ...exercises.map(row)) : h("p", {}, words.no_exercises)];
    const folded = (event) => {
      allOpen = event.currentTarget.open;
    };
    const rest = steps.length ? [h("details", { open: allOpen, ontoggle: folded }, h("summary", {}, words.all), ...all)] : all;
    redraw(page, codeForm(code), status, roleForm(role), ...path(steps), ...rest);
  }

  model.on("change:state", draw);
  // Enter and Escape belong to this part: JupyterLab would take them for itself.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-start", lang: "vi" }, h("h2", {}, title), h("p", { class: "bc-soft" }, reviewed), page));
  draw();
}

export default { render };
