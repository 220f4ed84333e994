// A graded sheet as stops, one question each: what stands beside the questions of a screen (a table, a picture, a story) is
// repeated beside each of them; a remark of a line or two stands at the first alone. Practice before a part is a stop of its
// own.

const REMARK = 240; // characters: a longer text may be a story that every question needs
const MATERIAL = /<(?:img|table|ol|ul|pre|div|figure|details|blockquote)\b/u;
const HEADING = /^\s*<h[23][^>]*>.*?<\/h[23]>/su;

/**
 * @typedef {object} Stop
 * @property {"read" | "try" | "ask" | "lab" | "end"} kind
 * @property {number} screen the screen of the page that it belongs to, from 1
 * @property {string | null} id of the question
 * @property {string} title
 * @property {any[]} parts
 */

// Returns the stops. isHere(id): whether a question can be answered on a page. One for JupyterLab is only to read, beside the
// way.
/** @type {(page: any, isHere: (id: string) => boolean) => Stop[]} */
export function sheetStops(page, isHere) {
  return page.screens.flatMap((screen, n) => {
    const stop = { screen: n + 1, id: null, title: screen.title, parts: screen.parts };
    if (screen.lab) return [{ ...stop, kind: "lab" }];
    if (screen.parts.some((part) => part.hand_in !== undefined)) return [{ ...stop, kind: "end" }];
    const names = screen.parts.map((part) => part.ask).filter((id) => id !== undefined && isHere(id));
    const read = screen.parts.filter((part) => part.ask === undefined && part.try === undefined);
    const first = screen.parts.findIndex((part) => part.try !== undefined);
    const tried = first < 0 ? [] : [{ ...stop, kind: "try", parts: [...read.filter((part) => screen.parts.indexOf(part) < first), ...screen.parts.filter((part) => part.try !== undefined)] }];
    if (!names.length) return tried.length ? tried : [{ ...stop, kind: "read" }];
    const beside = (place) => (part) => (read.includes(part) && place ? withoutRemark(part) : part);
    return [...tried, ...names.map((id, place) => ({ ...stop, kind: "ask", id, parts: screen.parts.filter((part) => part.ask === id || read.includes(part)).map(beside(place)) }))];
  });
}

// Returns a text as it stands beside a question that is not the first: its heading alone, if a remark is all that follows it.
function withoutRemark(part) {
  const [heading] = HEADING.exec(part.html ?? "") ?? [];
  if (!heading) return part;
  const remainder = part.html.slice(part.html.indexOf(heading) + heading.length);
  const isRemark = !MATERIAL.test(remainder) && remainder.replace(/<[^>]+>/gu, "").trim().length < REMARK;
  return isRemark ? { html: heading } : part;
}

// Returns the stop of a question, else the first of a screen; a number beyond the last screen gives the last.
/** @type {(page: any, stops: Stop[], screenNumber: number, question?: string) => Stop} */
export function stopAt(page, stops, screenNumber, question = "") {
  const screen = Math.min(Math.max(screenNumber, 1), page.screens.length);
  return stops.find(({ id }) => id !== null && id === question) ?? stops.find((stop) => stop.screen === screen) ?? stops[0];
}

/** @type {(page: any, stop: Stop) => string} */
export function addressOfStop(page, { screen, id }) {
  return `#/${page.address ?? page.id}/${screen}${id ? `/${id}` : ""}`;
}
