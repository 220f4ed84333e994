// Keys of the page: digits, arrows, Enter, Ctrl Z, F1, F2, F4 and Esc. No letter, since Vietnamese typing makes others of them.

const NATIVE = "button, a, summary, dialog";

/** Call `acts` for the keys that a grader presses; in a field only the keys that mean nothing there. */
export function listen(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const act = chosen(event, acts);
    if (!act) return;
    event.preventDefault();
    if (!(event.repeat && event.key === "Enter")) act(); // a key held down is one press
  });
}

function chosen(event, acts) {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (plain && event.key === "F1") return acts.keys;
  if (plain && event.key === "F2") return acts.points;
  if (plain && event.key === "F4") return acts.comment;
  const field = event.target.id;
  if (field === "comment") return inComment(event, acts, plain);
  if (field === "points") return inPoints(event, acts, plain);
  if (plain && event.target.closest("#earlier")) return inEarlier(event, acts);
  if (isUndo(event)) return acts.undo;
  if (!plain) return null;
  if (/^[1-9]$/.test(event.key)) return () => acts.tick(Number(event.key) - 1);
  if (event.key === "Enter") return event.target.closest(NATIVE) ? null : acts.next;
  return { ArrowLeft: acts.before, ArrowRight: acts.after, Escape: acts.leave }[event.key];
}

const isUndo = (event) => event.ctrlKey && !event.altKey && !event.shiftKey && event.code === "KeyZ";

function inComment(event, acts, plain) {
  if (event.ctrlKey && event.key === "Enter") return acts.next;
  if (isUndo(event)) return acts.takenBack();
  if (plain && event.key === "Escape") return acts.leave;
  const box = event.target;
  return plain && event.key === "ArrowDown" && box.selectionStart === box.value.length ? acts.toEarlier(0) : null;
}

function inPoints(event, acts, plain) {
  if (!plain) return null;
  return { Enter: acts.enterPoints, Escape: acts.leavePoints }[event.key];
}

function inEarlier(event, acts) {
  const buttons = [...document.querySelectorAll("#earlier button")];
  const place = buttons.indexOf(event.target);
  if (event.key === "ArrowDown") return acts.toEarlier(Math.min(place + 1, buttons.length - 1)) ?? (() => {});
  if (event.key === "ArrowUp") return place ? acts.toEarlier(place - 1) : acts.comment;
  return event.key === "Escape" ? acts.comment : null;
}
