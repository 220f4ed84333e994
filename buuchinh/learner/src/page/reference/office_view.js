// The form for an office's numbers, filled in once: stored on this device, saved as a file for all its machines.
import { button, h } from "../../question/dom.js";
import { save } from "../download.js";
import { keepOffice, officeOf } from "./office.js";
import { cellOf, itemFault, readTable, writeTable } from "./office_table.js";
import { EMERGENCY, STICKERS } from "../../routes.js";

export async function officeView(host) {
  const { page, values } = await officeOf(host);
  const status = h("p", { role: "status", class: "hoc-told" });
  const boxes = Object.fromEntries(Object.keys(page.fields).map((name) => [name, boxOf(page, name, values[name] ?? "")]));
  const file = h("input", { type: "file", accept: ".csv,text/csv", hidden: true, onchange: open });
  let sure = false;

  // Returns the values in the form, null if one is wrong: a message beside it says so, and its field gets the focus.
  function filledIn() {
    const wrong = Object.values(boxes).filter((box) => !box.sound());
    if (wrong.length) {
      status.textContent = host.say("office_wrong", { count: wrong.length });
      wrong[0].input.focus();
      return null;
    }
    return Object.fromEntries(Object.entries(boxes).map(([name, box]) => [name, box.text()]).filter(([, text]) => text));
  }

  async function keep(event) {
    event.preventDefault();
    const filled = filledIn();
    if (filled) await saveOffice(filled);
  }

  // Saves the correct fields as soon as one is left, so that the card shows them.
  async function left() {
    const sound = Object.entries(boxes).filter(([, box]) => box.sound());
    const filled = Object.fromEntries(sound.map(([name, box]) => [name, box.text()]).filter(([, text]) => text));
    await saveOffice(filled, sound.length < Object.keys(boxes).length ? "office_kept_rest" : "office_kept");
  }

  async function saveOffice(filled, sentence = "office_kept") {
    const own = Object.fromEntries(Object.entries(filled).filter(([name]) => !(name in page.values)));
    try {
      await keepOffice(host, own);
      status.textContent = host.say(host.journal.durable ? sentence : "office_kept_nowhere");
    } catch {
      status.textContent = host.say("not_saved");
    }
  }

  async function download() {
    const filled = filledIn();
    if (!filled) return;
    await saveOffice(filled);
    save(page.file, new TextEncoder().encode(writeTable(page, filled)), "text/csv");
    status.textContent = host.say("office_saved", { file: page.file });
  }

  async function open() {
    const [chosenFile] = file.files;
    if (!chosenFile) return;
    const read = readTable(page, new Uint8Array(await chosenFile.arrayBuffer()));
    file.value = "";
    const faults = read.faults.map(({ line, text }) => h("span", { class: "bc-par" }, line ? `${host.say("office_line", { line })} ` : "", text));
    if (faults.length || !Object.keys(read.values).length) {
      status.replaceChildren(...(faults.length ? faults : [host.say("office_empty")]));
      return;
    }
    Object.entries(boxes).forEach(([name, box]) => box.set(read.values[name] ?? ""));
    await left();
    status.textContent = host.say("office_opened", { count: Object.keys(read.values).length });
  }

  async function erase() {
    if (!sure) {
      sure = true;
      status.textContent = host.say("office_erase_sure");
      return;
    }
    await keepOffice(host, {});
    await host.open();
    host.announce(host.say("office_erased"));
  }

  const fixed = Object.keys(page.values).length > 0;
  return [
    h("article", { class: "hoc-sheet hoc-office" },
      h("h1", { tabindex: "-1" }, page.title),
      h("p", {}, host.say("office_why")),
      h("p", { class: "hoc-note" }, host.say("office_private")),
      fixed ? h("p", { class: "hoc-note" }, host.say("office_fixed", { file: page.file })) : null,
      h("form", { class: "hoc-form", novalidate: true, onsubmit: keep, onchange: ({ target }) => target !== file && left() },
        ...Object.values(boxes).map((box) => box.element),
        h("p", { class: "hoc-row" },
          h("button", { type: "submit", class: "hoc-button" }, host.say("office_keep")),
          button(host.say("office_save"), download, "hoc-quiet"),
          button(host.say("office_open"), () => file.click(), "hoc-quiet"), file,
          button(host.say("office_erase"), erase, "hoc-quiet hoc-red"))),
      status,
      h("p", {}, h("a", { href: `#/${EMERGENCY}` }, host.say("office_card")), " · ", h("a", { href: `#/${STICKERS}` }, host.say("office_sticker"))),
      h("details", { class: "hoc-fold" }, h("summary", {}, host.say("office_all")), h("p", {}, host.say("office_all_how", { file: page.file })))),
  ];
}

function boxOf(page, name, value) {
  const id = `hoc-office-${name}`;
  const phone = page.phones.includes(name);
  const fault = h("p", { class: "hoc-alarm", id: `${id}-fault`, hidden: true });
  const input = h("input", { id, autocomplete: "off", inputmode: phone ? "tel" : null, "aria-describedby": `${id}-fault`, readonly: name in page.values });
  input.value = value;
  const text = () => cellOf(input.value);
  function sound() {
    const wrong = itemFault(page, name, text());
    fault.hidden = !wrong;
    fault.textContent = wrong ?? "";
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
    return !wrong;
  }
  input.addEventListener("change", sound);
  return {
    input,
    text,
    sound,
    set: (newValue) => {
      if (!input.readOnly) input.value = newValue;
      sound();
    },
    element: h("div", { class: "hoc-field" }, h("label", { for: id }, page.fields[name]), input, fault),
  };
}
