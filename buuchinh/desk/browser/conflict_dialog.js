// Ask which of two marks holds where the gradebook was changed elsewhere. The question has two answers and no way past.

import { equal, pointsText } from "./marking_state.js";
import { filled } from "./sentences.js";
import { part } from "./marking_view.js";

/** Return "theirs" or "ours"; `reply` has what the gradebook has, `points` and `comment` are this page's. */
export function askWhichMark(reply, points, comment, words) {
  const name = (value) => (value === null ? words.no_points : pointsText(value));
  const values = { theirs: name(reply.points), ours: name(points) };
  const moved = !equal(reply.points, points);
  const sentences = [reply.sentence];
  if (moved) sentences.push(filled(words.conflict_points, values));
  if (reply.comment !== comment) sentences.push(filled(words.conflict_comment, { theirs: reply.comment, ours: comment }));
  part("conflict-words").textContent = sentences.join(" ");
  part("keep-theirs").textContent = moved ? filled(words.keep_theirs, values) : words.keep_comment;
  part("write-ours").textContent = moved ? filled(words.write_ours, values) : words.write_comment_ours;
  const dialog = part("conflict");
  return new Promise((resolve) => {
    let chosen = "";
    const answer = (choice) => () => {
      chosen = choice;
      dialog.close();
    };
    part("keep-theirs").onclick = answer("theirs");
    part("write-ours").onclick = answer("ours");
    dialog.oncancel = (event) => event.preventDefault();
    dialog.onclose = () => (chosen ? resolve(chosen) : dialog.showModal()); // a second Esc closes whatever is prevented
    dialog.showModal();
  });
}
