// The field in which points are typed: what may stand in it, and what leaving it and Esc give back.

import { equal, number, points, pointsText, total } from "./marking_state.js";
import { filled } from "./sentences.js";
import { drawOddPoints, part, tell, wrong } from "./marking_view.js";

/** Return what keys and buttons do with the field; `page` says who is shown, and is told what was typed. */
export function pointsField({ person, sheetOf, words, change }) {
  const field = part("points");
  const pointsNow = () => points(sheetOf(person()), person().draft) ?? (person().draft.typed === "" ? person().automatic : null);
  const before = () => (pointsNow() === null ? "" : pointsText(pointsNow()));

  const tooMuch = () => filled(words().too_much, { most: pointsText(sheetOf(person()).most) });

  /** Take over the points that were typed; return whether they can stand. */
  function typed() {
    const current = person();
    if (field.dataset.person !== current.id) return true; // what stands in the field was another's
    const now = number(field.value);
    let sentence = "";
    if (Number.isNaN(now)) sentence = filled(words().not_a_number, { typed: field.value.trim() });
    else if (now !== null && now > sheetOf(current).most) sentence = tooMuch();
    wrong("points", sentence);
    if (sentence) return false;
    if (now === null && Object.keys(current.draft.lines).length) {
      backToLines(current);
      return false;
    }
    const automatic = now !== null && current.draft.typed === "" && equal(now, current.automatic);
    if (!equal(now, points(sheetOf(current), current.draft)) && !automatic) {
      change(current, { ...current.draft, typed: now === null ? "" : pointsText(now), lines: now === null ? {} : current.draft.lines });
    }
    return true;
  }

  /** An emptied field takes no chosen line away: the points are again what the lines give, and the page says so. */
  function backToLines(current) {
    change(current, { ...current.draft, typed: null });
    const sum = pointsText(total(sheetOf(current).lines, current.draft.lines));
    field.value = sum;
    field.select();
    wrong("points", filled(words().back_to_lines, { points: sum }));
    field.removeAttribute("aria-invalid");
  }

  /** Say of what is being typed that it is too much or, gently, that no lines add up to it. */
  function judge() {
    const sheet = sheetOf(person()), now = number(field.value);
    wrong("points", now > sheet.most ? tooMuch() : "");
    drawOddPoints(sheet, now <= sheet.most ? now : null, words());
  }

  /** Put back the points that hold, and say so where others were typed. */
  function giveBack() {
    const typedOtherwise = field.value.trim() !== before();
    field.value = before();
    wrong("points", "");
    if (typedOtherwise) tell(before() ? filled(words().given_back, { points: before() }) : words().given_back_none);
  }

  function enter() {
    field.focus();
    field.select();
  }

  field.addEventListener("input", judge);
  field.addEventListener("focus", () => field.select()); // what is typed replaces the number, however the focus came
  field.addEventListener("mousedown", (event) => {
    if (document.activeElement === field) return;
    event.preventDefault(); // a click would put the cursor behind the number, and “1,7” would become “1,51,7”
    enter();
  });
  field.addEventListener("blur", () => {
    if (typed()) return;
    field.value = before(); // the old number stays; the sentence says why
    field.removeAttribute("aria-invalid");
  });
  return { typed, giveBack, enter };
}
