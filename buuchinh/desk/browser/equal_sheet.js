// Work that is more alike than chance explains: named in other sheets once it is found, and two works side by side.
import { button, done } from "./acting.js";
import { filled, h, tell, words } from "./dom.js";
import { act, ask, askAloud, fileAddress, NotDone } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

const SAVES_AFTER = 600;
/** So many questions answered differently are shown at once; more are folded, so that the note stays near. */
const FEW = 2;

/** Return a place that fills itself when the pairs of a unit, or of one person in it, are found; it stays empty where there are none. @param {string} unit @param {{ code?: string, asked?: boolean, job?: string }} [which] those of one person; also those that were put away; only those with work taken in since a job */
export function equalWork(unit, { code, asked, job } = {}) {
  const place = h("div", null);
  ask("giong", job ? { unit, job } : { unit }).then((/** @type {EqualPairs} */ reply) => {
    const pairs = reply.pairs.filter((pair) => (asked || !pair.asked) && (!code || pair.first === code || pair.second === code));
    const waiting = pairs.filter((pair) => !pair.asked), away = pairs.filter((pair) => pair.asked);
    if (waiting.length) place.append(h("h3", null, `≈ ${code ? words.alike_word : reply.title}`, h("span", { class: "soft" }, reply.lead)), ...waiting.map((pair) => box(unit, pair, words.see_two)));
    place.append(...away.map((pair) => box(unit, pair, words.see_again)));
  }).catch(() => {});
  return place;
}

/** @param {string} unit @param {EqualPair} pair @param {string} text */
const box = (unit, pair, text) => h("div", { class: pair.asked ? "box soft" : "box" }, h("span", { class: "grow" }, pair.text), button(text, () => openPair(unit, pair.first, pair.second), "small grey"));

/** @param {string} unit @param {string} first @param {string} second */
export async function openPair(unit, first, second) {
  const pair = /** @type {TwoWorks | null} */ (await askAloud("hai-bai", { unit, first, second }));
  if (!pair) return;
  const note = noteField(pair);
  const alike = pair.rows.filter(({ alike }) => alike), different = pair.rows.filter(({ alike }) => !alike);
  const away = button(words.put_away, async () => {
    if ((await note.save()) && (await done("cat-cap", { unit, first, second }))) closeSheet();
  }, "main");
  openSheet({
    title: pair.title, lead: h("p", { class: "soft" }, [pair.asked, pair.lead].filter(Boolean).join(" ")), kind: "wide pair", closed: note.save,
    body: [
      h("ul", { class: "signs" }, pair.signs.map((sign) => h("li", { class: sign.alike ? "chip alike" : "chip" }, sign.text))),
      table(pair, alike),
      different.length > 0 && h("details", { class: "all", open: different.length <= FEW }, h("summary", null, filled(words.differ, { count: different.length })), table(pair, different)),
      pair.others && h("p", { class: "soft" }, pair.others),
      note.place,
    ],
    foot: [
      pair.asked ? button(words.close, closeSheet, "main") : [away, button(words.later, closeSheet, "quiet")],
      h("span", { class: "files" }, pair.originals.map((file) => h("a", { class: "btn small grey", href: `${fileAddress(file.path)}?download=1`, download: true }, file.text))),
    ].flat(),
  });
}

/** @param {TwoWorks} pair @param {EqualRow[]} rows */
const table = (pair, rows) => h("table", { class: "two" },
  h("thead", null, h("tr", null, h("td", { class: "of" }), h("th", { scope: "col" }, pair.left), h("th", { scope: "col" }, pair.right))),
  h("tbody", null, rows.map(row)));

/** @param {EqualRow} row */
const row = (row) => h("tr", { class: row.alike && "alike" }, h("th", { scope: "row" }, `${row.number}. ${row.stem}`, h("div", { class: "why" }, row.alike ? `≈ ${row.why}` : row.why)), answer(row.left), answer(row.right));

/** Return a cell: all of it marked if all is the same, else the runs of words that are. @param {PairAnswer} given */
function answer({ parts, about }) {
  const whole = parts.every((part) => part.same);
  return h("td", { class: whole && "same" }, parts.map((part) => (part.same && !whole ? h("mark", null, part.text) : part.text)), about && h("div", { class: "at" }, about));
}

/** Return a field that saves itself shortly after each change; `save` resolves to whether all is saved. @param {TwoWorks} pair */
function noteField({ unit, first, second, note, note_closed: shut }) {
  if (shut) return { place: h("p", { class: "soft note" }, shut), save: async () => true };
  let saved = note, timer = 0;
  const area = h("textarea", { id: "pair-note", maxlength: "600", rows: "2" }, note);
  const status = h("span", { class: "soft", role: "status" });
  const save = async () => {
    clearTimeout(timer);
    const text = area.value;
    if (text === saved) return true;
    try {
      const reply = await act("ghi-cap", { unit, first, second, text });
      saved = text;
      status.textContent = ` · ✓ ${reply.text}`;
      return true;
    } catch (error) {
      status.textContent = ` · ${words.note_unsaved}`;
      tell(error instanceof NotDone && error.status ? error.message : words.gone, "", true);
      return false;
    }
  };
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVES_AFTER);
  });
  return { place: h("div", { class: "note" }, h("label", { for: "pair-note" }, words.note, " ", h("span", { class: "soft" }, words.note_who)), status, area), save };
}
