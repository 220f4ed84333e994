// What of a lesson goes on paper: the main part, or all of it, which is said to be long before it is printed.
import { button, h } from "../../question/dom.js";

export function printDialog(host, { main, all, put }) {
  const close = (screens) => () => {
    dialog.close();
    put(screens);
  };
  const dialog = h("dialog", { class: "hoc-law", "aria-labelledby": "hoc-print-title", onclose: () => dialog.remove() },
    h("h2", { id: "hoc-print-title" }, host.say("print_title")),
    h("p", {}, host.say("print_how_long", { main: main.length, all: all.length })),
    h("p", { class: "hoc-row" },
      button(host.say("print_main"), close(main), "hoc-button"),
      button(host.say("print_with_extra"), close(all), "hoc-quiet hoc-choice"),
      button(host.say("print_not"), () => dialog.close(), "hoc-quiet")));
  document.body.append(dialog);
  dialog.showModal();
}
