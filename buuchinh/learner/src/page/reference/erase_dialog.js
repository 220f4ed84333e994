// The dialog that erases everything on this device: far from its button, with a word to type and a file offered first.
import { button, h } from "../../question/dom.js";

const CALM = 1000; // milliseconds in which nothing can be erased: a press meant for something else must not do it

// Opens the dialog. count, codes: the work to be erased; keep(): saves a file; erase(): erases.
export function eraseDialog(host, { count, codes, keep, erase }) {
  if (document.getElementById("hoc-erase")) return; // the second press of a double click
  const word = host.say("erase_word");
  const status = h("p", { role: "status", class: "hoc-note" });
  const input = h("input", { id: "hoc-erase", autocomplete: "off", autocapitalize: "off", spellcheck: "false", oninput: weigh });
  const go = h("button", { type: "submit", class: "hoc-button hoc-erases", disabled: true }, host.say("erase_do"));
  const since = Date.now();
  const waiting = setTimeout(weigh, CALM);
  const gone = () => {
    clearTimeout(waiting);
    dialog.remove();
  };
  const dialog = h("dialog", { class: "hoc-law hoc-erase", "aria-labelledby": "hoc-erase-title", onclose: gone },
    h("h2", { id: "hoc-erase-title" }, host.say("erase_title")),
    h("p", {}, host.say("erase_sure", { count })),
    codes.length ? h("p", {}, host.say("erase_whose", { codes: codes.join(", ") })) : null,
    h("form", { class: "hoc-field", onsubmit: submit },
      h("label", { for: "hoc-erase" }, host.say("erase_label", { word })), input,
      h("p", { class: "hoc-row" }, button(host.say("erase_keep"), async () => (status.textContent = host.say("saved_file", { file: await keep() })), "hoc-quiet hoc-choice"), go),
      status,
      h("p", {}, button(host.say("erase_not"), () => dialog.close(), "hoc-quiet"))));

  // Compares the word as people type it: with either place of the mark, in small letters, or without marks.
  function weigh() {
    go.disabled = Date.now() - since < CALM || plain(input.value) !== plain(word);
  }

  async function submit(event) {
    event.preventDefault();
    if (go.disabled) return;
    dialog.close();
    await erase();
  }

  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
}
