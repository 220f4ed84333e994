// A graded sheet as stops, one question each: what stands before the questions of a screen stands before each of them. What is
// tried before a part is a stop of its own.

/**
 * @typedef {object} Stop
 * @property {"read" | "try" | "ask" | "lab" | "end"} kind
 * @property {number} screen the screen of the page that it belongs to, from 1
 * @property {string | null} id of the question
 * @property {string} title
 * @property {any[]} parts
 */

// isHere(id): whether a question can be answered on a page. What is done in JupyterLab is to be read, beside the way.
/** @type {(page: any, isHere: (id: string) => boolean) => Stop[]} */
export function sheetStops(page, isHere) {
  return page.screens.flatMap((screen, n) => {
    const stop = { screen: n + 1, id: null, title: screen.title, parts: screen.parts };
    if (screen.lab) return [{ ...stop, kind: "lab" }];
    if (screen.parts.some((part) => part.hand_in !== undefined)) return [{ ...stop, kind: "end" }];
    const asked = screen.parts.map((part) => part.ask).filter((id) => id !== undefined && isHere(id));
    const read = screen.parts.filter((part) => part.ask === undefined && part.try === undefined);
    const first = screen.parts.findIndex((part) => part.try !== undefined);
    const tried = first < 0 ? [] : [{ ...stop, kind: "try", parts: [...read.filter((part) => screen.parts.indexOf(part) < first), ...screen.parts.filter((part) => part.try !== undefined)] }];
    if (!asked.length) return tried.length ? tried : [{ ...stop, kind: "read" }];
    return [...tried, ...asked.map((id) => ({ ...stop, kind: "ask", id, parts: screen.parts.filter((part) => part.ask === id || read.includes(part)) }))];
  });
}

// The stop of a question, else the first of a screen; a number beyond the last screen is the last.
/** @type {(page: any, stops: Stop[], at: number, asked?: string) => Stop} */
export function stopAt(page, stops, at, asked = "") {
  const screen = Math.min(Math.max(at, 1), page.screens.length);
  return stops.find(({ id }) => id !== null && id === asked) ?? stops.find((stop) => stop.screen === screen) ?? stops[0];
}

/** @type {(page: any, stop: Stop) => string} */
export function addressOfStop(page, { screen, id }) {
  return `#/${page.address ?? page.id}/${screen}${id ? `/${id}` : ""}`;
}
