// Tells whether two short texts say the same: the same rules as buuchinh/questions/equal_wording.py.
import { fold, lengthOf } from "./text.js";

const LONGEST_MOMENT = 80;
const DASHES = /[\u2010-\u2015\u2212]/g;
const STOPS = /[,;]|\.+(?= |$)/g;
const LEAD = "(?:(?:vao|luc|hoi|ngay)[ ,:]+)*";
const GAP = `[ ,;().-]+${LEAD}`;
const TAIL = "[ .,;)]*";
const DATE =
  "([0-9]{1,2})(?: ?- ?([0-9]{1,2}) ?- ?| ?/ ?([0-9]{1,2}) ?/ ?|\\.([0-9]{1,2})\\.|[-/.]([0-9]{1,2}),? nam " +
  "| thang ([0-9]{1,2})(?:,? nam |,? |/))([0-9]{4})";
const TIME =
  "([0-9]{1,2})(?: ?: ?([0-9]{2})| ?(?:h|gio|g) ?([0-9]{2})(?: ?(?:'|phut|ph|p))?" + "| ?(?:h|gio|g) ?([0-9]) ?(?:phut|ph|p)| ?(?:h|gio))(?![0-9a-z])";
const DATE_FIRST = new RegExp(`^${LEAD}${DATE}(?:${GAP}${TIME})?${TAIL}$`);
const TIME_FIRST = new RegExp(`^${LEAD}${TIME}(?:${GAP}${DATE})?${TAIL}$`);
const PARTS_OF_DATE = 7;
const PARTS_OF_TIME = 4;

/** @type {(text: string, marks?: boolean) => string} */
export function worded(text, marks = false) {
  const plain = fold(text, marks);
  const moment = lengthOf(plain) <= LONGEST_MOMENT ? momentIn(fold(text)) : null;
  if (moment) return moment;
  const left = plain
    .replace(STOPS, (stop, place) => (inNumber(plain, stop, place) ? stop : " "))
    .split(" ")
    .filter((word) => word !== "");
  return left.join(" ") || plain;
}

// Tells whether a comma is inside a number: "1,5" keeps it. A lookbehind in the pattern would keep browsers before 2023 from
// parsing the whole script.
/** @type {(text: string, stop: string, place: number) => boolean} */
function inNumber(text, stop, place) {
  return !stop.startsWith(".") && /[0-9]/.test(text[place - 1] ?? "") && /[0-9]/.test(text[place + 1] ?? "");
}

/** @type {(folded: string) => string | null} */
function momentIn(folded) {
  const text = folded.replace(DASHES, "-");
  const dated = DATE_FIRST.exec(text);
  const timed = dated ? null : TIME_FIRST.exec(text);
  if (!dated && !timed) return null;
  const parts = /** @type {RegExpExecArray} */ (dated ?? timed).slice(1);
  const day = dated ? parts.slice(0, PARTS_OF_DATE) : parts.slice(PARTS_OF_TIME);
  const time = dated ? parts.slice(PARTS_OF_DATE) : parts.slice(0, PARTS_OF_TIME);
  const spoken = [day[0] ? dayOf(day) : "", time[0] ? timeOf(time) : ""];
  return spoken.includes(null) ? null : spoken.filter((part) => part !== "").join(" ");
}

/** @type {(number: number) => string} */
function two(number) {
  return String(number).padStart(2, "0");
}

/** @type {(parts: string[]) => string | null} */
function dayOf(parts) {
  const day = Number(parts[0]);
  const month = Number(parts.slice(1, -1).find((part) => part) ?? 0);
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? `${parts[parts.length - 1]}-${two(month)}-${two(day)}` : null;
}

/** @type {(parts: string[]) => string | null} */
function timeOf(parts) {
  const hour = Number(parts[0]);
  const minute = Number(parts.slice(1).find((part) => part) ?? 0);
  return hour <= 23 && minute <= 59 ? `${two(hour)}:${two(minute)}` : null;
}
