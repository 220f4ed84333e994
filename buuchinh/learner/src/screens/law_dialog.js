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
    const found = ref && host.page?.law?.[decodeURIComponent(ref)];
    if (!found) {
      if (link) passed(event, link);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    dialog.replaceChildren(...contentOf(found, host.course.words.law, () => dialog.close()));
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
  const rows = Object.values(page.law).map((one) => h("details", { class: "hoc-fold" }, h("summary", {}, one.cite), ...facts(one, words)));
  return h("section", { class: "hoc-laws" }, h("h2", {}, title), ...rows);
}

function contentOf(one, words, close) {
  return [h("h2", { id: "hoc-law-title" }, one.cite), ...facts(one, words), h("p", { class: "hoc-row" }, button(words.close, close, "hoc-button", { autofocus: true }))];
}

function facts(one, words) {
  const state = one.state ? `${words.state}: ${one.state}` : null;
  const lines = [`${words.in_force}: ${one.dates}`, state, `${words.confidence}: ${one.confidence}`].filter(Boolean);
  return [
    h("p", {}, h("strong", {}, one.heading)),
    one.words ? h("p", { class: "hoc-law-words" }, one.words) : null,
    one.amount ? h("p", {}, one.amount) : null,
    ...lines.map((line) => h("p", { class: "hoc-note" }, line)),
  ].filter(Boolean);
}
