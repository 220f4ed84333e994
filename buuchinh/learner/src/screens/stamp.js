// A step of the way as a postage stamp with a picture; if its main part is done it has a round postmark with the day.
import { h, newId } from "../question/dom.js";

const ROUND = (above, below) => `<svg viewBox="0 0 172 116"><defs><path id="${above}" d="M16 58a42 42 0 0 1 84 0"/><path id="${below}" d="M11.5 58a46.5 46.5 0 0 0 93 0"/></defs>
<g class="hoc-ink"><circle cx="58" cy="58" r="55" class="hoc-disc"/><circle cx="58" cy="58" r="35"/><g class="hoc-waves"><path d="M104 40q11-7 22 0t22 0 22 0M104 52q11-7 22 0t22 0 22 0M104 64q11-7 22 0t22 0 22 0M104 76q11-7 22 0t22 0 22 0"/></g></g>
<g class="hoc-letters"><text font-size="10.2"><textPath href="#${above}" startOffset="50%"></textPath></text><text font-size="11"><textPath href="#${below}" startOffset="50%"></textPath></text><text x="58" y="55" font-size="16.5"></text><text x="58" y="72" font-size="12.5"></text></g></svg>`;

// Returns a postmark. label: "Xong phần chính · Bài 5", the words above and below; day: "2026-11-29"; press: it comes down now,
// once. It is hidden from screen readers: the text beside it says the same.
/** @type {(props: { label: string, day: string, press?: boolean }) => HTMLElement} */
export function postmark({ label, day, press = false }) {
  const mark = h("span", { class: press ? "hoc-postmark hoc-pressed" : "hoc-postmark", "aria-hidden": "true" });
  mark.innerHTML = ROUND(newId("above"), newId("below"));
  const [above, below = ""] = label.toLocaleUpperCase("vi").split(" · ");
  const [year, month, date] = day.split("-");
  const texts = [...mark.querySelectorAll("textPath"), ...[...mark.querySelectorAll("text")].slice(2)];
  [above, below, `${date}-${month}`, year].forEach((text, n) => (texts[n].textContent = text));
  return mark;
}

// Returns a link in the shape of a stamp; mark: {day, label} if the main part is done; `more` are further attributes of the link.
// Its accessible name is complete: title, then state ("xong phần chính ngày 22-11-2026, bài tập 3 đã nộp").
/** @type {(props: { href: string, src?: string | null, title: string, state: string, mark?: { day: string, label: string } | null, here?: boolean, more?: Properties }) => HTMLElement} */
export function stamp({ href, src = null, title, state, mark = null, here = false, more = {} }) {
  return h("a", { class: here ? "hoc-stamp hoc-here" : "hoc-stamp", href, "aria-current": here ? "step" : null, ...more },
    h("span", { class: "hoc-perforated" },
      h("span", { class: "hoc-picture" }, src ? h("img", { src, alt: "", loading: "lazy", decoding: "async", width: 158, height: 104 }) : null),
      h("span", { class: "hoc-told-of" }, h("strong", {}, title), h("span", {}, state)),
      mark ? postmark(mark) : null));
}

// Returns the label of a lesson's postmark, and the day on which its main part was finished: {day, label}.
/** @type {(host: Host, id: string, day: string) => { day: string, label: string }} */
export function markOf(host, id, day) {
  return { day, label: host.say("mark_lesson", { number: Number(id.replace(/\D/gu, "")) }) };
}
