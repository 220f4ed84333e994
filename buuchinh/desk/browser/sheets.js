// Dialogs: opened one at a time, closed by Esc or ×, after which the focus goes back to where it was.
import { button } from "./acting.js";
import { at, h, words } from "./dom.js";
import { fileLink } from "./server.js";

/** @type {HTMLDialogElement | null} */
let open = null;
let number = 0;

/**
 * Open a dialog in place of another one.
 * @param {{ title: string, lead?: any, body: any[], foot?: any[], kind?: string, first?: string, closed?: (restored: boolean) => void }} what
 */
export function openSheet(what) {
  const before = open?.isConnected ? /** @type {any} */ (open).cameFrom : document.activeElement;
  open?.remove();
  const id = `sheet-${++number}`;
  const status = h("p", { class: "said", role: "status" });
  const body = h("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": id }, what.body);
  const dialog = h("dialog", { class: what.kind ?? "wide", "aria-labelledby": id, "aria-describedby": what.lead ? `${id}-lead` : false },
    h("div", { class: "hd" }, h("div", null, h("h2", { id, tabindex: "-1" }, what.title), what.lead && h("div", { id: `${id}-lead` }, what.lead), status), button("×", () => dialog.close(), "small quiet", { "aria-label": words.close })),
    body,
    what.foot?.length ? h("div", { class: "ft" }, what.foot) : null);
  dialog.cameFrom = before;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (open === dialog) open = null;
    if (before?.isConnected) before.focus();
    what.closed?.(Boolean(before?.isConnected));
    if (document.activeElement === document.body) (at("now") ?? at("people"))?.focus(); // what was focused has been drawn anew
  });
  // A body longer than the window scrolls by keys from a button too: the focus begins at one.
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 48, ArrowUp: -48, PageDown: 0.9 * body.clientHeight, PageUp: -0.9 * body.clientHeight }[event.key];
    if (!by || !event.target.closest("button, a, h2")) return;
    event.preventDefault();
    body.scrollBy(0, by);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  open = dialog;
  const first = [what.first, ".main", ".body .btn", "h2"].map((selector) => selector && dialog.querySelector(selector)).find(Boolean);
  first?.focus();
  return dialog;
}

// A message is shown within the open dialog, since the foot line lies behind it.
document.addEventListener("told", (event) => {
  const place = open?.querySelector(".said");
  const { text, file, failed } = /** @type {CustomEvent} */ (event).detail;
  place?.classList.toggle("failed", failed);
  place?.replaceChildren(text && !failed ? `✓ ${text.replace(/^✓ /, "")}` : text, ...(file ? [" ", fileLink(file)] : []));
});

/** Return whether a dialog is open. */
export const isOpen = () => open !== null;

/** Close what is open. */
export const closeSheet = () => open?.close();
