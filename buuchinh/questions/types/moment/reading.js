// Reading of a day, an hour or both from typed text: the same as reading.py beside this file.
import { fold, lengthOf } from "../../../learner/src/question/text.js";

/** @typedef {{ day: string | null, hour: string | null }} Moment as a key writes both */

const MOMENT_MOST_SIGNS = 100;
const MOMENT_HOUR = "([0-9]{1,2}) ?(?:(?:h|g|gio)(?: ?([0-9]{1,2})(?![0-9])(?: ?(?:p|ph|phut))?)?|:([0-9]{2})(?::00)?)(?: (sang|trua|chieu|toi))?";
const MOMENT_DAY =
  "(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? ?)?(?:ngay |mung )?" +
  "(?:([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4}|[0-9]{2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" +
  "|([0-9]{1,2}) thang ([0-9]{1,2}),?(?: nam)? ([0-9]{4}))";
const MOMENT_AT = "(?:vao luc |vao |luc |hoi )?";
const MOMENT_HOUR_ALONE = new RegExp(`^(?:${MOMENT_AT}${MOMENT_HOUR})$`);
const MOMENT_DAY_ALONE = new RegExp(`^(?:(?:vao )?${MOMENT_DAY})$`);
const MOMENT_HOUR_FIRST = new RegExp(`^(?:${MOMENT_AT}${MOMENT_HOUR} ?[,–-]? ?${MOMENT_DAY})$`);
const MOMENT_DAY_FIRST = new RegExp(`^(?:(?:vao )?${MOMENT_DAY}(?: ?[,–-]? ?|t)${MOMENT_AT}${MOMENT_HOUR})$`);
const MOMENT_END = /[ .,;]+$/;

// Reads the text; null if it cannot be read.
/** @type {(text: string) => Moment | null} */
export function readMoment(text) {
  if (lengthOf(text) > MOMENT_MOST_SIGNS) return null;
  const plain = fold(text).replace(MOMENT_END, "");
  let match = plain.match(MOMENT_HOUR_ALONE);
  if (match) return momentOf(null, match.slice(1, 5));
  match = plain.match(MOMENT_DAY_ALONE);
  if (match) return momentOf(match.slice(1, 10), null);
  match = plain.match(MOMENT_HOUR_FIRST);
  if (match) return momentOf(match.slice(5, 14), match.slice(1, 5));
  match = plain.match(MOMENT_DAY_FIRST);
  return match ? momentOf(match.slice(1, 10), match.slice(10, 14)) : null;
}

/** @type {(dayParts: string[] | null, hourParts: string[] | null) => Moment | null} */
function momentOf(dayParts, hourParts) {
  const day = dayParts && calendarDay(dayParts);
  const hour = hourParts && clockHour(hourParts);
  return (dayParts && !day) || (hourParts && !hour) ? null : { day, hour };
}

/** @type {(parts: string[]) => string | null} */
function clockHour([hour, minutes, afterColon, partOfDay]) {
  let number = Number(hour);
  if ((partOfDay === "chieu" || partOfDay === "toi") && number >= 1 && number < 12) number += 12;
  if (partOfDay === "trua" && number >= 1 && number <= 2) number += 12;
  const minute = Number(minutes ?? afterColon ?? 0);
  return number > 23 || minute > 59 ? null : `${paddedTo(number, 2)}:${paddedTo(minute, 2)}`;
}

/** @type {(parts: string[]) => string | null} */
function calendarDay(parts) {
  const iso = parts.slice(3, 6);
  const [day, month, written] = (iso[0] ? iso.reverse() : parts[0] ? parts.slice(0, 3) : parts.slice(6)).map(Number);
  const year = written < 100 ? written + 2000 : written;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return last === undefined || day < 1 || day > last ? null : `${paddedTo(year, 4)}-${paddedTo(month, 2)}-${paddedTo(day, 2)}`;
}

/** @type {(number: number, width: number) => string} */
function paddedTo(number, width) {
  return String(number).padStart(width, "0");
}
