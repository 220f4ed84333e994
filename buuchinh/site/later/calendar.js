// Days to come back, as a calendar file (RFC 5545): whole days, so that no zone and no summer time moves them.
import { hex, sha256, utf8 } from "../browser/sha256.js";

const DAY_LENGTH = 86400000;
const ENDS = "\r\n";

export const FOLLOW_UP = [7, 21, 60];

// The ISO day `days` after `day`; counted in UTC, where every day has 24 hours.
export function dayAfter(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_LENGTH).toISOString().slice(0, 10);
}

// texts(days): {summary, description} of one event. The same ids as spacing.calendar in Python: a calendar that has one replaces it.
export function calendarFile({ title, started, texts, days = FOLLOW_UP }) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:${escaped(`-//${title}//VI`)}`, "CALSCALE:GREGORIAN"];
  for (const after of days) {
    const { summary, description } = texts(after);
    const day = dayAfter(started, after);
    lines.push(
      "BEGIN:VEVENT",
      `UID:${hex(sha256(utf8([title, started, String(after)].join("/")))).slice(0, 20)}@on-tap`,
      `DTSTAMP:${compact(started)}T000000Z`,
      `DTSTART;VALUE=DATE:${compact(day)}`,
      `DTEND;VALUE=DATE:${compact(dayAfter(day, 1))}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      "TRANSP:TRANSPARENT",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(summary)}`,
      "TRIGGER:PT8H",
      "END:VALARM",
      "END:VEVENT",
    );
  }
  return [...lines, "END:VCALENDAR", ""].map(foldedLine).join(ENDS);
}

function compact(day) {
  return day.replace(/-/gu, "");
}

function escaped(text) {
  return text.replace(/[\\;,]/gu, "\\$&").replace(/\r\n?|\n/gu, "\\n").replace(/[\u0000-\u001f\u007f]/gu, " ");
}

// At most 75 bytes a line, no letter cut in two.
function foldedLine(line) {
  const lines = [];
  let part = "";
  let size = 0;
  for (const sign of line) {
    const more = utf8(sign).length;
    if (size + more > 75) {
      lines.push(part);
      part = " ";
      size = 1;
    }
    part += sign;
    size += more;
  }
  return [...lines, part].join(ENDS);
}
