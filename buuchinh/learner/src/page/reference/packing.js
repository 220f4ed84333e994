// A hand-in as notebook/pack.py makes it: the same members in the same order, the same receipt, for the same collect.
import { hex, sha256, utf8 } from "../../logic/sha256.js";
import { isAnswered, isoNow } from "../../logic/answer_entries.js";

const FORMAT = 1;

// Returns a hand-in. zip(files, at): makes the bytes of an archive; notebook: null for an earlier sheet; finished: {kt1: …},
// the short tests that are over; remarks: those on questions.
export function packed({ page, code, entries, notebook, finished, remarks = [], zip, now = new Date() }) {
  const packedAt = isoNow(now);
  const files = { "answers.json": json({ format: FORMAT, unit: page.id, version: page.version, code, answers: entries, ...(remarks.length ? { remarks } : {}) }) };
  for (const [unit, end] of Object.entries(finished)) files[`${unit}.json`] = json(end);
  if (notebook !== null) files[`${page.id}.ipynb`] = utf8(notebook);
  const answered = new Set(page.ids.filter((id) => isAnswered(entries[id])));
  const hashes = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, hex(sha256(bytes))]));
  const receipt = {
    format: FORMAT,
    unit: page.id,
    version: page.version,
    code,
    at: packedAt,
    answered: page.ids.filter((id) => answered.has(id)),
    unanswered: page.ids.filter((id) => !answered.has(id)),
    sha256: hashes,
    check: checkOf(page.id, code, packedAt, hashes),
  };
  const members = { "answers.json": files["answers.json"], "receipt.json": json(receipt), ...files };
  const stamp = packedAt.slice(0, 19).replace(/[-:]/gu, "").replace("T", "-");
  return { name: `${page.id}_${code}_${stamp}.zip`, bytes: zip(members, now), receipt };
}

// Returns the check digits of questions/submission_receipt.py: the first eight characters of the digest of json.dumps' text.
function checkOf(unit, code, packedAt, hashes) {
  const text = (value) => JSON.stringify(value);
  const pairs = Object.keys(hashes).sort().map((name) => `[${text(name)}, ${text(hashes[name])}]`);
  const digest = hex(sha256(utf8(`[${text(unit)}, ${text(code)}, ${text(packedAt)}, [${pairs.join(", ")}]]`))).toUpperCase();
  return `${digest.slice(0, 4)}-${digest.slice(4, 8)}`;
}

// Returns the same zip as text, for a telephone with a browser that saves no file: intake/base64_submission.py reads it.
export function asText(bytes, sentence) {
  let signs = "";
  for (let start = 0; start < bytes.length; start += 0x6000) signs += btoa(String.fromCharCode(...bytes.subarray(start, start + 0x6000)));
  return `${sentence}\n\nBUUCHINH-ZIP\n${signs.match(/.{1,76}/gu).join("\n")}\n`;
}

function json(value) {
  return utf8(`${JSON.stringify(value, null, 2)}\n`);
}
