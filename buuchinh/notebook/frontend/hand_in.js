// The button "Nộp bài": the page saves the notebook, the kernel packs it, the receipt stays on the page.

import { fill, h } from "./dom.js";
import { fileAddress, submitOnEnter, talk } from "./lab.js";

function render({ model, el }) {
  const { words, start } = model.get("payload");
  const status = h("p", { role: "status" });
  const place = h("div", {});
  const button = h("button", { type: "button", onclick: press }, words.button);
  const send = talk(model, 15000, silent, heard);
  let told = false;

  function say(text, bad) {
    status.textContent = text;
    status.className = bad ? "bc-bad" : "";
  }

  async function press() {
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

  function receipt(found) {
    const missing = found.unanswered.length ? found.unanswered.join(", ") : words.none_unanswered;
    const rows = [
      [words.at, found.at], [words.who, found.code],
      [words.answered, fill(words.count, { count: found.answered.length })],
      [words.unanswered, missing], [words.file, found.file], [words.check, found.check],
    ];
    const heading = h("h2", { tabindex: "-1" }, words.receipt);
    place.replaceChildren(h("div", { class: "bc-receipt" }, heading,
      h("dl", {}, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
      h("p", {}, h("a", { href: fileAddress(found.path), download: found.file }, words.download)),
      ...(found.warning ? [h("p", { class: "bc-bad", role: "alert" }, found.warning)] : []),
      h("p", {}, words.next)));
    heading.focus();
  }

  function heard(message) {
    button.disabled = false;
    if (message.did === "hand_in") {
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

  // Enter and Escape belong to this part: JupyterLab would take them for itself.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(h("div", { class: "bc-part bc-hand-in", lang: "vi" },
    h("p", {}, words.help), button, status, place));
}

export default { render };
