// The start page: one button to go on, what waits today and what is due, the numbers to call, code and role, the path of
// the role as cards, all lessons and exercises with what is done.

import { fill, h } from "../question/dom.js";
import { pageAddress, redraw, shownAddress, submitOnEnter, talk } from "./lab.js";

const GO = "buuchinh:go"; // what the page that is opened next goes to; live.js reads it

function render({ model, el }) {
  const { words, title, reviewed, roles, numbers, person, card } = model.get("payload");
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
    if (message.did === "open") {
      keepPlace(message);
      window.location.assign(pageAddress(message.path));
    }
    if (message.did === "code" || message.did === "leave") changing = false;
    if (message.did === "leave") typed = "";
    if (message.did === "role") changingRole = false;
    draw();
    if (message.did === "code") page.querySelector("button")?.focus(); // the field that had it is gone
    if (message.did === "leave") page.querySelector("#bc-code")?.focus();
    if (message.did === "role") page.querySelector(".bc-go, .bc-change-role")?.focus();
    if (message.did === "refuse") {
      status.textContent = message.message;
      page.querySelector("input")?.focus();
    }
  }

  function codeForm(code) {
    if (code && !changing) {
      const change = () => {
        changing = true;
        typed = code;
        draw();
        page.querySelector("input").focus();
      };
      return h("p", { class: "bc-who" }, fill(words.code_saved, { code }), " ",
        h("button", { type: "button", class: "bc-quiet", onclick: change }, words.code_change), " ",
        h("button", { type: "button", class: "bc-quiet", onclick: () => ask({ do: "leave" }), title: fill(words.leave_help, { code }) }, words.leave));
    }
    const input = h("input", { id: "bc-code", value: typed, autocomplete: "off", spellcheck: "false", "aria-describedby": "bc-code-help", onkeydown: submitOnEnter });
    const submit = (event) => {
      event.preventDefault();
      typed = input.value;
      ask({ do: "code", code: typed });
    };
    const cancel = () => {
      changing = false;
      status.textContent = "";
      draw();
      page.querySelector(".bc-who button")?.focus();
    };
    return h("div", {},
      h("form", { onsubmit: submit },
        h("div", {}, h("label", { for: "bc-code" }, words.code_label), input),
        h("button", { type: "submit" }, words.code_save),
        code ? h("button", { type: "button", class: "bc-quiet", onclick: cancel }, words.code_cancel) : null),
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

  function open(event, unit, question = "") {
    event.currentTarget.disabled = true;
    ask({ do: "open", unit, question });
  }

  function opener(entry, label, kind = "") {
    const name = label === words.open ? `${label}: ${entry.title}` : null;
    if (entry.sheet) {
      const see = () => ask({ do: "see", unit: entry.unit });
      return h("a", { class: `bc-opens ${kind}`, href: shownAddress(entry.sheet), target: "_blank", rel: "noopener", onclick: see, "aria-label": name }, label);
    }
    const press = (event) => {
      event.currentTarget.textContent = words.opening;
      open(event, entry.unit);
    };
    return h("button", { type: "button", class: kind, onclick: press, "aria-label": name }, label);
  }

  // "Học tiếp: Bài 5, câu 12": one button, before all else. Before anything was answered it is the path's next step.
  function goOn({ resume, steps, review }) {
    const next = steps.find((entry) => entry.state === "next");
    const sheet = !resume?.number && next?.sheet ? next : null;
    const go = sheet
      ? opener(sheet, `${words.go_on}: ${sheet.title}`, "bc-go")
      : resume && h("button", { type: "button", class: "bc-go", onclick: (event) => open(event, resume.unit, resume.question) },
        h("strong", {}, `${resume.number ? words.go_on : words.begin}: `), resume.number ? fill(words.go_on_at, { short: short(resume.title), number: resume.number }) : resume.title);
    const packs = review.count
      ? h("p", { class: "bc-review" }, h("strong", {}, fill(words.review, review)), " ", h("button", { type: "button", class: "bc-quiet", onclick: () => toReview(review.days) }, words.review_go))
      : null;
    const done = !go && steps.length ? h("p", {}, words.path_done) : null;
    return h("div", { class: "bc-first" }, go, done, packs);
  }

  function dueList(due) {
    if (!due.length) return null;
    const line = (entry) => h("li", { class: entry.late ? "bc-bad" : "" }, fill(entry.late ? words.due_late : words.due_row, entry));
    return h("section", { class: "bc-due" }, h("h3", {}, words.due), h("ul", {}, ...due.map(line)));
  }

  function danger() {
    return h("section", { class: "bc-danger", "aria-label": words.card },
      h("p", {}, words.danger),
      h("ul", {}, ...numbers.map((one) => h("li", {}, h("a", { href: `tel:${one.number}` }, one.number), " ", one.answers))),
      h("p", {}, person),
      card ? h("p", {}, h("a", { href: shownAddress(card), target: "_blank", rel: "noopener" }, words.card)) : null);
  }

  function stateOf(entry) {
    const parts = [{ done: words.state_done, next: words.state_next, later: words.state_later }[entry.state]];
    if (entry.sheet) parts.push(words.sheet);
    else if (entry.done && entry.handed_in === undefined && entry.finished === undefined) parts.push(fill(words.core_progress, entry));
    else if (entry.done) parts.push(fill(words.progress, entry));
    if (entry.handed_in) parts.push(fill(words.handed_in, { at: entry.handed_in }));
    if (entry.minutes) parts.push(fill(words.takes, entry));
    if (entry.why) parts.push(entry.why);
    return parts.join(" · ");
  }

  function step(entry) {
    const share = entry.total ? h("progress", { max: entry.total, value: Math.min(entry.done, entry.total), "aria-hidden": "true" }) : null;
    return h("li", { class: `bc-card bc-step bc-${entry.state}`, "aria-current": entry.state === "next" ? "step" : null },
      entry.picture ? h("img", { src: shownAddress(entry.picture), alt: "", loading: "lazy" }) : null,
      h("span", { class: "bc-name" }, h("span", { class: "bc-sign", "aria-hidden": "true" }, { done: "✓ ", next: "➜ ", later: "" }[entry.state]), entry.title),
      share,
      h("small", {}, stateOf(entry)),
      opener(entry, words.open, entry.state === "next" ? "" : "bc-quiet"));
  }

  function path({ steps, exam_later: later }) {
    if (!steps.length) return [];
    return [h("h2", {}, words.path), h("ol", { class: "bc-cards" }, ...steps.map(step)), ...(later ? [h("p", {}, words.exam_later)] : [])];
  }

  function row(entry) {
    const done = entry.done ? fill(words.progress, entry) : words.not_started;
    const handed = entry.handed_in ? ` · ${fill(words.handed_in, { at: entry.handed_in })}` : "";
    return h("li", { class: "bc-row" },
      h("span", { class: "bc-name" }, entry.title, h("br"), h("small", {}, done + handed + (entry.minutes ? ` · ${fill(words.takes, entry)}` : ""))),
      opener(entry, words.open));
  }

  function draw() {
    const state = model.get("state");
    const { code, role, steps, lessons, exercises, due } = state;
    const all = [
      h("h2", {}, words.lessons), h("ul", {}, ...lessons.map(row)),
      h("h2", {}, words.exercises),
      exercises.length ? h("ul", {}, ...exercises.map(row)) : h("p", {}, words.no_exercises)];
    const folded = (event) => {
      allOpen = event.currentTarget.open;
    };
    const rest = steps.length ? [h("details", { open: allOpen, ontoggle: folded }, h("summary", {}, words.all), ...all)] : all;
    const move = h("details", {}, h("summary", {}, words.move), h("p", {}, words.move_help));
    redraw(page, ...[goOn(state), status, dueList(due), danger(), codeForm(code), roleForm(role), ...path(state), ...rest, move].filter(Boolean));
  }

  model.on("change:state", draw);
  // Enter and Escape belong to this part: JupyterLab would take them for itself.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-start", lang: "vi" }, h("h2", {}, title), h("p", { class: "bc-soft" }, reviewed), page));
  draw();
}

// "Bài 5. Bưu gửi nghi vấn" is "Bài 5".
function short(title) {
  return title.split(". ", 1)[0];
}

function keepPlace({ path, question }) {
  try {
    sessionStorage.setItem(GO, JSON.stringify({ path, question: question || "" }));
  } catch {
    // the page then opens at its top
  }
}

// The packs stand further down on the same page, in a part of their own.
function toReview(days) {
  /** @type {HTMLElement | null} */ (document.querySelector(`.bc-follow-up [data-days="${days}"]`))?.click();
}

export default { render };
