// Dialogs: opened one at a time, closed by Esc or ×, after which the focus goes back to where it was.
import { button } from "./acting.js";
import { h, words } from "./dom.js";
import { fileLink } from "./server.js";

/** @type {HTMLDialogElement | null} */
let open = null;
let number = 0;

/** Return what is named like this in a dialog, in its order: buttons and links. @param {Element} dialog @param {string} name */
const named = (dialog, name) => [...dialog.querySelectorAll("button, a")].filter((element) => nameOf(element) === name);

/** @param {Element} element */
const nameOf = (element) => element.getAttribute("aria-label") ?? element.textContent ?? "";

/**
 * Open a dialog in place of another one. One that is opened anew, with the same title, keeps what was said in it and the
 * focus at the button that was pressed.
 * @param {{ title: string, lead?: any, body: any[], foot?: any[], kind?: string, first?: string, closed?: (restored: boolean) => void }} sheet
 */
export function openSheet(sheet) {
  const before = open?.isConnected ? /** @type {any} */ (open).cameFrom : document.activeElement;
  const same = open?.querySelector("h2")?.textContent === sheet.title ? open : null;
  const status = same?.querySelector(".said") ?? h("p", { class: "said", role: "status" });
  const pressed = same?.contains(document.activeElement) ? /** @type {Element} */ (document.activeElement) : null;
  const name = pressed && nameOf(pressed), place = same && pressed ? named(same, nameOf(pressed)).indexOf(pressed) : -1;
  open?.remove();
  const id = `sheet-${++number}`;
  const body = h("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": id }, sheet.body);
  const dialog = h("dialog", { class: sheet.kind ?? "wide", "aria-labelledby": id, "aria-describedby": sheet.lead ? `${id}-lead` : false },
    h("div", { class: "hd" }, h("div", null, h("h2", { id, tabindex: "-1" }, sheet.title), sheet.lead && h("div", { id: `${id}-lead` }, sheet.lead), status), button("×", () => dialog.close(), "small quiet", { "aria-label": words.close })),
    body,
    sheet.foot?.length ? h("div", { class: "ft" }, sheet.foot) : null);
  dialog.cameFrom = before;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (open === dialog) open = null;
    if (before?.isConnected) before.focus();
    sheet.closed?.(Boolean(before?.isConnected));
    // What was focused has been drawn anew.
    if (document.activeElement === document.body) /** @type {HTMLElement | null} */ (document.querySelector("#now:not([hidden]), #people, .steps [aria-current] .btn"))?.focus();
  });
  // What is longer than the window scrolls by keys from a button too: the focus begins at one. In a small window the whole dialog scrolls.
  dialog.addEventListener("keydown", (event) => {
    const long = body.scrollHeight > body.clientHeight ? body : dialog;
    const distance = { ArrowDown: 48, ArrowUp: -48, PageDown: 0.9 * long.clientHeight, PageUp: -0.9 * long.clientHeight }[event.key];
    if (!distance || !event.target.closest("button, a, h2")) return;
    event.preventDefault();
    long.scrollBy(0, distance);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  open = dialog;
  const first = [sheet.first, ".main", same ? "h2" : ".body .btn", "h2"].map((selector) => selector && dialog.querySelector(selector)).find(Boolean);
  (named(dialog, name)[place] ?? first)?.focus();
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
