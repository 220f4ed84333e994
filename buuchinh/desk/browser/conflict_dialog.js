// Ask which of two marks holds where the gradebook was changed elsewhere. The question has two answers and no way past.

import { equal, points, pointsText, sameLines } from "./marking_state.js";
import { filled } from "./sentences.js";
import { part } from "./marking_view.js";

/** Return "theirs" or "ours"; `reply` has what the gradebook has, `draft` is this page's. */
export function askWhichMark(reply, draft, sheet, words) {
  const [sentences, keep, write] = differences(reply, draft, sheet, words);
  part("conflict-words").textContent = [reply.sentence, ...sentences, words.conflict_ask].join(" ");
  part("keep-theirs").textContent = keep;
  part("write-ours").textContent = write;
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

/** Return the sentences that say what differs, and the names of the two buttons, after the first thing that does. */
function differences(reply, draft, sheet, words) {
  const ours = points(sheet, draft);
  const rows = [];
  if (!equal(reply.points, ours)) {
    const names = { theirs: pointsName(reply.points, words), ours: pointsName(ours, words) };
    rows.push([filled(words.conflict_points, names), button(reply.points, words.keep, words.keep_none), button(ours, words.write, words.write_none)]);
  } else if (reply.lines && !sameLines(reply.lines, draft.lines)) {
    const names = { theirs: linesName(reply.lines, sheet, words), ours: linesName(draft.lines, sheet, words) };
    rows.push([filled(words.conflict_lines, names), words.keep_lines, words.write_lines]);
  }
  if (reply.comment !== draft.comment) {
    rows.push([filled(words.conflict_comment, { theirs: reply.comment, ours: draft.comment }), words.keep_comment, words.write_comment_ours]);
  }
  return [rows.map(([sentence]) => sentence), ...(rows[0] ?? ["", words.keep_lines, words.write_lines]).slice(1)];
}

const pointsName = (value, words) => (value === null ? words.no_points : pointsText(value));

const button = (value, name, without) => (value === null ? without : filled(name, { points: pointsText(value) }));

/** Return the numbers of the marked lines ("1, 3 (nửa)"), or that there are none. */
function linesName(lines, sheet, words) {
  const names = sheet.lines.flatMap((line, index) => (lines[line.id] ? [lines[line.id] === "half" ? `${index + 1} (${words.line.half})` : `${index + 1}`] : []));
  return names.join(", ") || words.lines_none;
}
