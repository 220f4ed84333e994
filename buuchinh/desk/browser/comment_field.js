// The field of the comment: what is written or taken over from before, and how that is taken back.

import { part, tell, wrong } from "./marking_view.js";

/** Return what the page does with the field; `history` are the changes that can be taken back, the newest last. */
export function commentField({ person, words, history, change, undo }) {
  const field = part("comment");

  /** Put a comment used before at the cursor. */
  function insert(text) {
    const before = field.value.slice(0, field.selectionStart);
    const gap = before && !/\s$/.test(before) ? " " : "";
    field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    wrong("comment", "");
    change(person(), { ...person().draft, comment: field.value });
    if (history.length) history[history.length - 1].taken = field.value; // the browser itself cannot take this back
    tell(words().comment_taken);
  }

  function onInput() {
    wrong("comment", "");
    const last = history[history.length - 1];
    const goesOn = last?.id === person().id && last.comment; // one writing is taken back at once
    const before = history.length;
    change(person(), { ...person().draft, comment: field.value }, { remember: !goesOn });
    if (history.length > before) history[history.length - 1].comment = true;
  }

  /** Return what takes back the comment that was taken over, if that was the last thing to happen to the field, or null. */
  function takenBack() {
    const last = history[history.length - 1];
    const typing = last?.comment && last.id === person().id; // which the browser has taken back already
    const taken = typing ? history[history.length - 2] : last;
    if (taken?.id !== person().id || taken.taken !== field.value) return null;
    return () => {
      if (typing) history.pop();
      undo();
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      tell(words().comment_taken_back);
    };
  }

  field.addEventListener("input", onInput);
  return { insert, takenBack };
}
