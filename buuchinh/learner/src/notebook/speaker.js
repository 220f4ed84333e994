// Announcements for screen readers, from anywhere on the page: one live region in the document for all.
import { h } from "../question/dom.js";

let place = null;

export function speak(text) {
  if (!place) {
    place = h("div", { class: "bc-spoken", role: "status", lang: "vi" });
    document.body.append(place);
  }
  place.textContent = text ?? "";
}
