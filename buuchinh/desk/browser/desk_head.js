// The head of every page of the desk: the class, what waits, the backup, “Chiếu”, and the buttons of the menu.
import { button, done } from "./acting.js";
import { at, h, tell, words } from "./dom.js";
import { end } from "./polling.js";
import { act } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

let projecting = at("project").getAttribute("aria-pressed") === "true";

/** @param {DeskHead} head */
export function showHead(head) {
  projecting = head.projecting;
  at("class-name").textContent = head.name;
  at("class-about").textContent = head.about;
  at("backup").textContent = head.backup;
  at("backup").title = head.backup_about;
  at("waiting").textContent = head.waiting;
  at("waiting").hidden = !head.waiting;
  at("project").setAttribute("aria-pressed", String(head.projecting));
}

/** Remove the class of this page; its server then ends, so nothing more is asked of it. */
async function removePractice() {
  const answer = await act("xoa-lop-thu", {}).catch((error) => tell(error.message || words.gone, "", true));
  if (!answer) return;
  end();
  closeSheet();
  at("gone").hidden = true;
  document.querySelectorAll("header.top nav, header.top .right, footer.bottom").forEach((part) => part.remove());
  const farewell = h("p", { class: "card", tabindex: "-1", role: "status" }, answer.text);
  document.querySelector("main")?.replaceChildren(farewell);
  farewell.focus();
}

at("project").addEventListener("click", async () => {
  closeSheet();
  await done("chieu", { on: !projecting });
});
at("bundle")?.addEventListener("click", () => done("viec", { action: "bundle" }));
at("collect-exchange")?.addEventListener("click", () => done("viec", { action: "collect_exchange" }));
at("open-practice")?.addEventListener("click", () => done("lop-thu", {}));
at("remove-practice")?.addEventListener("click", () => openSheet({
  title: words.remove_practice_title, lead: h("p", { class: "soft" }, words.remove_practice_lead), body: [],
  foot: [button(words.cancel, closeSheet, "main"), button(words.remove_practice, removePractice, "")],
}));
const more = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.more"));
const leave = (/** @type {Event} */ { target }) => {
  if (more?.open && !more.contains(/** @type {Node} */ (target))) more.open = false;
};
document.addEventListener("click", leave);
document.addEventListener("focusin", leave);
// A press in the menu closes it before it acts: a dialog that it opens gives the focus back to what is seen.
more?.querySelector(".menu")?.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element) || !target.closest("button, a")) return;
  more.querySelector("summary")?.focus();
  more.open = false;
}, true);
more?.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  more.open = false;
  more.querySelector("summary")?.focus();
});
