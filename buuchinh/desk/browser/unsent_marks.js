// Marks that the gradebook does not have yet, in the browser's own store until it has them. No words of a trainee are among them.

const BEFORE = "buuchinh-cham";

export class UnsentMarks {
  constructor(base, unit, question) {
    this.before = `${BEFORE}:${base}:${unit}:${question}:`;
  }

  keep(id, draft, seen) {
    try {
      localStorage.setItem(this.before + id, JSON.stringify({ draft, seen }));
    } catch {
      // a full or forbidden store: the page itself still has the mark
    }
  }

  drop(id) {
    try {
      localStorage.removeItem(this.before + id);
    } catch {
      // as above
    }
  }

  /** Return what was kept for a person, or null; what is damaged is dropped. */
  of(id) {
    try {
      const entry = JSON.parse(localStorage.getItem(this.before + id) ?? "null");
      if (entry === null) return null;
      const { draft, seen } = entry;
      const whole = typeof draft.comment === "string" && (draft.typed === null || typeof draft.typed === "string") && typeof draft.lines === "object" && typeof seen.fingerprint === "string";
      if (whole) return entry;
    } catch {
      // not ours
    }
    this.drop(id);
    return null;
  }
}
