// The look of the pages on this device: the size of their text, light or dark. first_look.js applies it before anything is drawn.
import { button, h } from "../../question/dom.js";
import { keyList } from "../../screens/key_list.js";
import { openSheet } from "./sheet.js";

const STORAGE_KEY = "buuchinh look"; // {size, theme} in localStorage, as first_look.js reads it
const SIZES = [["", "A", "size_usual"], ["1", "A+", "size_large"], ["2", "A++", "size_largest"]];
const THEMES = [["light", "light"], ["dark", "dark"], ["", "system"]];

export function lookSheet(words) {
  const status = h("p", { class: "hoc-note", role: "status" });
  const { dataset } = document.documentElement;

  function choose(name, value) {
    if (value) dataset[name] = value;
    else delete dataset[name];
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ size: dataset.size, theme: dataset.theme }));
    } catch {
      status.textContent = words.not_kept; // the choice holds in this window alone
    }
  }

  const offered = (name, [value, label, sentence]) => h("label", {},
    h("input", { type: "radio", name: `hoc-${name}`, value, checked: value === (dataset[name] ?? ""), "aria-label": sentence ? words[sentence] : null, onchange: () => choose(name, value) }),
    h("span", { "aria-hidden": sentence ? "true" : null }, sentence ? label : words[label]));
  const row = (name, legend, values) => h("fieldset", { class: "hoc-segmented" }, h("legend", {}, legend), ...values.map((value) => offered(name, value)));
  const dialog = openSheet({ title: words.look_title, close: words.close, kind: "hoc-look" }, row("size", words.size, SIZES), row("theme", words.theme, THEMES), status,
    h("p", { class: "hoc-keys-open" }, button(words.keys.open, toKeys, "hoc-quiet")));

  function toKeys() {
    dialog.close(); // the focus returns to the button that opened it, also behind the list
    keyList("page", words.keys);
  }
}
