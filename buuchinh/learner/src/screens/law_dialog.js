// A dialog that opens from a link to a provision, with the register's entry on it: words, days, how sure they are.
import { button, h } from "../question/dom.js";

// Opens the links within `place`. Calls `passed` for other links, which may stop them.
/** @param {Host} host */
export function lawDialog(host, place, passed = (_event, _link) => {}) {
  const dialog = h("dialog", { class: "hoc-law", "aria-labelledby": "hoc-law-title" });
  document.body.append(dialog);
  function follow(event) {
    const link = /** @type {Element} */ (event.target).closest?.("a[href]");
    const [, ref] = /#(.+)$/u.exec(link?.getAttribute("href") ?? "") ?? [];
    const provision = ref && host.page?.law?.[decodeURIComponent(ref)];
    if (!provision) {
      if (link) passed(event, link);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    dialog.replaceChildren(...contentOf(provision, host.course.words.law, () => dialog.close()));
    dialog.showModal();
  }
  place.addEventListener("click", follow, true);
  return { dispose: () => dialog.remove() };
}

// Returns the citations for the questions of a page: a provision is stored once, in the dialog's form, and read from there.
export function citedOn(page) {
  const read = ({ cite, words, quote, left_out: left, dates, confidence, state }) => ({
    text: cite,
    ...(quote ? { quote: words.slice(...quote) } : {}),
    note: [left, dates, confidence, state?.replace(/\.$/u, "")].filter(Boolean).join("; "),
  });
  return { ...Object.fromEntries((page.read ?? []).map((ref) => [ref, read(page.law[ref])])), ...page.cited };
}

// Lists the same facts, for the end of a lesson.
export function lawList(page, words, title) {
  const rows = Object.values(page.law).map((provision) => h("details", { class: "hoc-fold" }, h("summary", {}, provision.cite), ...facts(provision, words)));
  return h("section", { class: "hoc-laws" }, h("h2", {}, title), ...rows);
}

function contentOf(provision, words, close) {
  return [h("h2", { id: "hoc-law-title" }, provision.cite), ...facts(provision, words), h("p", { class: "hoc-row" }, button(words.close, close, "hoc-button", { autofocus: true }))];
}

function facts(provision, words) {
  const state = provision.state ? `${words.state}: ${provision.state}` : null;
  const lines = [`${words.in_force}: ${provision.dates}`, state, `${words.confidence}: ${provision.confidence}`].filter(Boolean);
  return [
    h("p", {}, h("strong", {}, provision.heading)),
    provision.words ? h("p", { class: "hoc-law-words" }, provision.words) : null,
    provision.amount ? h("p", {}, provision.amount) : null,
    ...lines.map((line) => h("p", { class: "hoc-note" }, line)),
  ].filter(Boolean);
}
