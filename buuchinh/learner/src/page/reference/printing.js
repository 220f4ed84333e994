// Printing of a lesson: the main part, or all of it; the dialog says how many pages that takes before it is printed.
import { button, h } from "../../question/dom.js";

export function printDialog(host, { main, all, put }) {
  const close = (whole) => () => {
    dialog.close();
    put(whole);
  };
  const dialog = h("dialog", { class: "hoc-law", "aria-labelledby": "hoc-print-title", onclose: () => dialog.remove() },
    h("h2", { id: "hoc-print-title" }, host.say("print_title")),
    h("p", {}, host.say("print_how_long")),
    h("p", { class: "hoc-row" },
      button(host.say("print_main", { pages: main }), close(false), "hoc-button"),
      button(host.say("print_with_extra", { pages: all }), close(true), "hoc-quiet hoc-choice"),
      button(host.say("print_not"), () => dialog.close(), "hoc-quiet")));
  document.body.append(dialog);
  dialog.showModal();
}
