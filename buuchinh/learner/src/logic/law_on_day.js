// Tells whether a text was in force on a day: law.in_force of Python, for documents and for the provisions of the register.

// Returns the state of a text on a day. periods: oldest first; bare: of a whole document; day: "2026-11-25".
/** @type {(status: string, periods: Period[], day: string, bare: boolean) => string} */
export function forceOn(status, periods, day, bare) {
  if (status === "draft") return "not_yet";
  const holding = periods.find((period) => covers(period, day));
  if (!holding) {
    const { to } = periods[periods.length - 1];
    const over = to !== null && to <= day;
    if (status === "partly_lapsed" && bare && over) return "partly_lapsed";
    if (status === "presumed_replaced" && over) return "unknown";
    const starts = /** @type {string[]} */ (periods.map(({ from }) => from).filter(Boolean)).sort();
    return starts.length && day < starts[0] ? "not_yet" : "lapsed";
  }
  return status === "unknown" || holding.from === null ? "unknown" : "in_force";
}

/** @type {(period: Period, day: string) => boolean} */
export function covers({ from, to }, day) {
  return (from === null || from <= day) && (to === null || day < to);
}

// Turns the register as the page carries it into objects.
/** @type {(page: PackedRegister) => LawDocument[]} */
export function registerOf(page) {
  /** @type {(row: (string | null)[]) => Wording} */
  const named = (row) => /** @type {any} whatever `columns` names */ (Object.fromEntries(page.columns.map((name, n) => [name, row[n]])));
  return page.documents.map((document) => ({
    ...document,
    periods: [{ from: document.days[0], to: document.days[1] }],
    provisions: document.provisions.map(([ref, cite, rows]) => ({ ref, cite, periods: rows.map(named) })),
  }));
}

// Returns the text of a provision to show on a day: the one of that day, else the nearest one.
/** @type {(periods: Wording[], day: string) => Wording} */
export function textOn(periods, day) {
  const holding = periods.filter((period) => covers(period, day));
  if (holding.length) return holding[holding.length - 1];
  const ended = periods.filter(({ to }) => to !== null && to <= day);
  return ended.length ? ended[ended.length - 1] : periods[0];
}

// Returns the differences between two days: provisions with another state or text.
/**
 * @param {LawDocument[]} documents
 * @param {string} day
 * @param {string} otherDay
 */
export function changedBetween(documents, day, otherDay) {
  return documents.flatMap((document) =>
    document.provisions
      .map((provision) => {
        const [before, after] = [day, otherDay].map((day) => ({
          force: forceOn(document.status, provision.periods, day, false),
          text: textOn(provision.periods, day),
        }));
        return { document, provision, before, after };
      })
      .filter(({ before, after }) => before.force !== after.force || before.text !== after.text),
  );
}
