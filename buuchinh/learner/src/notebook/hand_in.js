// The end of an exercise: a map of its questions, the button "Nộp bài" (the page saves the notebook, the kernel or the
// server packs it), what was handed in before, and the receipt, to be printed or copied.

import { fill, h } from "../question/dom.js";
import { fileAddress, submitOnEnter, talk } from "./lab.js";

const SIGNS = { whole: "✓", partly: "◐", empty: "○" };

function render({ model, el }) {
  const { words, leader, named: toSomebody, start } = model.get("payload");
  const status = h("p", { role: "status" });
  const map = h("div", { class: "bc-map" });
  const before = h("div", {});
  const place = h("div", {});
  const notice = h("div", { class: "bc-part bc-handed-notice", lang: "vi" });
  const button = h("button", { type: "button", onclick: press }, words.button);
  const send = talk(model, 15000, silent, heard);
  let told = false;
  let asked = ""; // what was empty when it was asked: asked once for each state of the page

  function say(text, bad) {
    status.textContent = text;
    status.className = bad ? "bc-bad" : "";
  }

  function numbersOf(state) {
    return model.get("state").questions.filter((one) => one.state === state).map((one) => one.number);
  }

  // One sentence on what is empty or half done, "" where all is whole.
  function open() {
    const [empty, partly] = [numbersOf("empty"), numbersOf("partly")].map((numbers) => numbers.join(", "));
    return [empty && fill(words.ask_empty, { numbers: empty }), partly && fill(words.ask_partly, { numbers: partly })].filter(Boolean).join(" ");
  }

  async function press() {
    const left = open();
    if (left && asked !== left) {
      asked = left;
      say(`${left} ${words.ask_again}`, true);
      return;
    }
    button.disabled = true;
    say(words.working, false);
    try {
      if (!window.jupyterapp) throw new Error("no application");
      await window.jupyterapp.commands.execute("docmanager:save");
    } catch {
      // Told once: who saves by hand and presses again is believed.
      if (!told) {
        told = true;
        button.disabled = false;
        say(words.save_first, true);
        return;
      }
    }
    send({ do: "hand_in" });
  }

  function silent() {
    button.disabled = false;
    say(words.no_kernel, true);
  }

  function askCode() {
    const input = h("input", { id: "bc-hand-in-code", autocomplete: "off", spellcheck: "false", onkeydown: submitOnEnter });
    const submit = (event) => {
      event.preventDefault();
      model.send({ do: "code", code: input.value });
    };
    place.replaceChildren(h("form", { onsubmit: submit },
      h("div", {}, h("label", { for: "bc-hand-in-code" }, start.code_label), input),
      h("button", { type: "submit", class: "bc-quiet" }, start.code_save)));
    input.focus();
  }

  const named = (numbers) => (numbers.length ? fill(words.numbers, { numbers: numbers.join(", ") }) : words.none_unanswered);

  function receipt(found) {
    const rows = [
      [words.exercise, found.exercise], [words.at, found.at], [words.who, found.code],
      [words.answered, fill(words.count, { count: found.answered, total: found.total })],
      [words.unanswered, named(found.unanswered)],
      ...(found.partly.length ? [[words.half, named(found.partly)]] : []),
      [words.check, found.check], [words.file, found.file], [words.place, fill(words.in_course, found)],
      ...(toSomebody ? [[words.send_to, leader]] : []),
    ];
    const heading = h("h2", { tabindex: "-1" }, words.receipt);
    const slip = h("div", { class: "bc-slip" }, heading,
      h("dl", {}, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
    const heardCopy = h("p", { role: "status" });
    const copy = async () => {
      const text = [words.receipt, ...rows.map(([name, value]) => `${name}: ${value}`)].join("\n");
      heardCopy.textContent = (await copied(text)) ? words.copied : words.copy_failed;
    };
    place.replaceChildren(h("div", { class: "bc-receipt" }, slip,
      h("p", { class: "bc-row-of-buttons" },
        h("a", { class: "bc-opens", href: fileAddress(found.path), download: found.file }, words.download),
        h("button", { type: "button", class: "bc-quiet", onclick: () => printed(slip, words.receipt) }, words.print),
        h("button", { type: "button", class: "bc-quiet", onclick: copy }, words.copy)),
      heardCopy,
      ...(found.warning ? [h("p", { class: "bc-bad", role: "alert" }, found.warning)] : []),
      h("p", {}, toSomebody ? fill(words.next_to, { leader }) : words.next)));
    heading.focus();
  }

  function heard(message) {
    button.disabled = false;
    if (message.did === "hand_in") {
      asked = "";
      say("", false);
      receipt(message.receipt);
    } else if (message.did === "code") {
      place.replaceChildren();
      press();
    } else {
      say(message.message, true);
      if (document.activeElement === document.body) button.focus(); // a button that is off loses the focus
      if (message.needs_code && !place.querySelector("form")) askCode();
    }
  }

  function goTo(id) {
    const question = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-question]"))].find((one) => one.dataset.question === id && one.offsetParent);
    question?.scrollIntoView({ block: "start" });
    /** @type {HTMLElement | null} */ (question?.querySelector("input, select, textarea, button"))?.focus({ preventScroll: true });
  }

  function draw() {
    const { questions, handed, later } = model.get("state");
    const whole = questions.filter((one) => one.state === "whole").length;
    const about = { done: whole, total: questions.length };
    const one = (question) => h("li", {}, h("button", {
      type: "button", class: `bc-quiet bc-place bc-${question.state}`, onclick: () => goTo(question.id),
      "aria-label": `${fill(words.number, question)}: ${words[question.state]}`, title: question.title || null,
    }, String(question.number), h("span", { "aria-hidden": "true" }, ` ${SIGNS[question.state]}`)));
    const at = [...map.querySelectorAll("button")].indexOf(document.activeElement);
    map.replaceChildren(
      h("h3", {}, words.map),
      h("p", { class: "bc-soft" }, whole === questions.length ? fill(words.all_whole, about) : fill(words.counted, about), " ", words.map_help),
      h("ol", { class: "bc-places" }, ...questions.map(one)),
      h("p", { class: "bc-soft" }, ["whole", "partly", "empty"].map((state) => `${SIGNS[state]} ${words[state]}`).join(" · ")));
    if (at >= 0) map.querySelectorAll("button")[at]?.focus();
    if (!open()) asked = "";
    before.replaceChildren(...(handed.length ? earlier(handed, later) : []));
    notice.replaceChildren(...(handed.length ? [h("p", {}, ...since(handed, later), " ", h("button", { type: "button", class: "bc-quiet", onclick: toButton }, words.go))] : []));
  }

  const since = (handed, later) => [h("strong", {}, fill(words.handed, { leader, ...handed[handed.length - 1] })),
    later.length ? ` ${fill(words.handed_later, { numbers: later.join(", ") })}` : ""];

  function earlier(handed, later) {
    const row = (one, n) => h("li", {}, h("a", { href: fileAddress(one.path), download: one.file },
      fill(n ? words.handed_row : words.handed_last, one)));
    const folder = handed[0].path.split("/").slice(0, -1).join("/");
    return [
      h("p", {}, ...since(handed, later)),
      h("details", {}, h("summary", {}, fill(words.handed_all, { count: handed.length })),
        h("ul", { class: "bc-plain" }, ...[...handed].reverse().map(row)),
        h("p", { class: "bc-soft" }, fill(words.handed_where, { folder })))];
  }

  function toButton() {
    el.scrollIntoView({ block: "start" });
    button.focus({ preventScroll: true });
  }

  // Enter and Escape belong to this part: JupyterLab would take them for itself.
  for (const one of [el, notice]) one.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-hand-in", lang: "vi" }, map, h("p", {}, fill(words.help, { leader })), before, button, status, place));
  // Who opens the exercise again sees at its top that it was handed in.
  el.closest(".jp-Notebook")?.querySelector(".jp-Cell")?.append(notice);
  model.on("change:state", draw);
  draw();
  return () => {
    model.off("change:state", draw);
    notice.remove();
  };
}

// The receipt alone on paper: a frame of its own, so that the notebook around it stays off the page.
function printed(slip, title) {
  const frame = h("iframe", { title, style: "position: fixed; width: 0; height: 0; border: 0;", "aria-hidden": "true" });
  document.body.append(frame);
  const page = frame.contentDocument;
  page.title = title;
  page.documentElement.lang = "vi";
  page.head.append(h("style", {}, "body { font: 14pt/1.5 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; } dt { color: #444; } dd { margin: 0 0 .4em; font-weight: 600; overflow-wrap: anywhere; }"));
  page.body.append(slip.cloneNode(true));
  frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  frame.contentWindow.print();
}

async function copied(text) {
  if (await navigator.clipboard?.writeText(text).then(() => true, () => false)) return true;
  const area = h("textarea", { readonly: true, style: "position: fixed; opacity: 0;" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

export default { render };
