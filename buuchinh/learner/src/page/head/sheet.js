// A sheet over the page: a dialog on a screen, from below on a telephone. Esc, the cross and a press beside it close it.
import { h, newId } from "../../question/dom.js";

export function openSheet({ title, close, kind }, ...body) {
  const id = newId("sheet");
  const cross = h("button", { type: "button", class: "hoc-tool hoc-cross", "aria-label": close, onclick: () => dialog.close() }, h("span", { "aria-hidden": "true" }, "✕"));
  const dialog = h("dialog", { class: `hoc-over ${kind}`, "aria-labelledby": id, onclose: () => dialog.remove(), onclick: (event) => event.target === dialog && dialog.close() },
    h("div", { class: "hoc-over-in" }, h("div", { class: "hoc-over-head" }, h("h2", { id }, title), cross), ...body));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
