// A picture of a text, as large as it was drawn: a telephone shows it too small to read. A press on it or on the button below
// opens it, Esc or another press closes it.
import { button, h } from "../question/dom.js";

/** @type {(host: Pick<Host, "say">, img: HTMLImageElement) => void} */
export function offerLarge(host, img) {
  const open = () => openLarge(host, img);
  img.classList.add("hoc-opens");
  img.addEventListener("click", open);
  img.after(button(host.say("picture_large"), open, "hoc-quiet hoc-see-large hoc-no-print"));
}

function openLarge(host, img) {
  const picture = h("img", { src: img.src, alt: img.alt });
  const dialog = h("dialog", { class: "hoc-large", lang: "vi", "aria-label": host.say("picture_large"), onclick: () => dialog.close(), onclose: () => dialog.remove() },
    h("p", {}, button(host.say("close"), () => dialog.close(), "hoc-button", { autofocus: true })),
    h("div", { class: "hoc-large-in", tabindex: "0", role: "group", "aria-label": host.say("picture_moved") }, picture));
  document.body.append(dialog);
  dialog.showModal();
}
