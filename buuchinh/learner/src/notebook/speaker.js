// Announcements for screen readers, from anywhere on the page: one live region in the document for all.
import { h } from "../question/dom.js";

let heard = null;

export function speak(text) {
  if (!heard) {
    heard = h("div", { class: "bc-spoken", role: "status", lang: "vi" });
    document.body.append(heard);
  }
  heard.textContent = text ?? "";
}
