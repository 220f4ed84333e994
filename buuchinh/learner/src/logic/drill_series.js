// The series that a person has begun: their pictures are saved in a state, each answer is a line of the journal.
import { choosePictures, pictureId, readPicture } from "./drill_choice.js";

const ANSWERS = ["sign", "nothing", "late"];
const DAY = 86400000;

// Counts signs that were seen and false alarms separately; answers: whether there is a sign, the answer given.
/** @type {(answers: [boolean, string][]) => Counted} */
export function countAnswers(answers) {
  /** @type {(test: (sign: boolean, answer: string) => boolean) => number} */
  const count = (test) => answers.filter(([sign, answer]) => test(sign, answer)).length;
  return {
    signs: count((sign) => sign),
    seen: count((sign, answer) => sign && answer === "sign"),
    plain: count((sign) => !sign),
    alarms: count((sign, answer) => !sign && answer === "sign"),
    late: count((_sign, answer) => answer === "late"),
  };
}

/** @type {(hasSign: boolean, answer: string) => boolean} */
export function fitsPicture(hasSign, answer) {
  return answer === (hasSign ? "sign" : "nothing");
}

// Returns the ids shown within `minDays` days before `today` (both local days), and those in an open series.
/** @type {(lines: Line[], series: Named<Series>, today: Date, minDays: number) => Set<string>} */
export function seenBy(lines, series, today, minDays) {
  const last = new Map(lines.map(({ id, at }) => [id, at]));
  const seen = new Set([...last].filter(([, at]) => !(dayNumber(today) - dayNumber(new Date(at)) > minDays)).map(([id]) => id));
  for (const entry of Object.values(series)) if (!entry.ended) entry.pictures.forEach((id) => seen.add(id));
  return seen;
}

/** @type {(moment: Date) => number} */
function dayNumber(moment) {
  return Math.round(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / DAY);
}

/** @type {(moment: Date) => string} */
function isoDay(moment) {
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// Returns the series of one person. store: that person's; parts: the tables of datasets/drills.
/**
 * @param {DrillStore} store
 * @param {DrillParts} parts
 */
export function sittingsOf(store, parts, now = () => new Date()) {
  /** @type {() => Promise<Named<Series>>} */
  async function seriesNow() {
    return (await store.state()).series ?? {};
  }

  /** @type {(name: string, entry: Series) => Promise<void>} */
  async function keepSeries(name, entry) {
    const state = await store.state();
    await store.keep({ ...state, series: { ...state.series, [name]: entry } });
  }

  /** @type {(series: Named<Series>, place: string, kind: string) => string[]} */
  function seriesNames(series, place, kind) {
    return Object.keys(series).filter((name) => name.slice(0, name.lastIndexOf("-")) === `${place}-${kind}`);
  }

  /** @type {(name: string) => Promise<Sitting>} */
  async function sitting(name) {
    const series = await seriesNow();
    const pictures = series[name].pictures.map((id) => readPicture(id, parts)).filter((picture) => picture !== null);
    /** @type {Map<string, string>} */
    const saved = new Map();
    const answers = new Map((await store.lines()).map(({ id, answer }) => [id, /** @type {DrillAnswer | null} */ (answer)]));
    for (const picture of pictures) {
      const answer = answers.get(pictureId(picture));
      if (answer?.series === name && ANSWERS.includes(answer.said)) saved.set(pictureId(picture), answer.said);
    }
    return sittingWith(name, pictures, saved);
  }

  /** @type {(name: string, pictures: Picture[], saved: Map<string, string>) => Sitting} */
  function sittingWith(name, pictures, saved) {
    return {
      name,
      kind: name.split("-").slice(-2)[0],
      pictures,
      said: saved,
      next: () => pictures.find((picture) => !saved.has(pictureId(picture))) ?? null,
      count: () =>
        countAnswers(
          pictures
            .filter((picture) => saved.has(pictureId(picture)))
            .map((picture) => [picture.sign !== null, /** @type {string} */ (saved.get(pictureId(picture)))]),
        ),
    };
  }

  // Brings back signs missed in the last series, from the next day on, in place of as many new ones.
  /** @type {(last: Sitting | null, ended: string | undefined, pictures: Picture[]) => Picture[]} */
  function withMissed(last, ended, pictures) {
    if (!last || !ended || ended >= isoDay(now())) return pictures;
    const missed = last.pictures.filter((picture) => picture.sign && last.said.get(pictureId(picture)) !== "sign");
    return pictures.map((picture) => (picture.sign ? (missed.shift() ?? picture) : picture));
  }

  return {
    /** @type {(place: string, kind: string) => Promise<Sitting | null>} */
    async latest(place, kind) {
      const names = seriesNames(await seriesNow(), place, kind);
      return names.length ? sitting(names[names.length - 1]) : null;
    },
    // Returns the series that has not ended yet, or a new one; null if too few pictures are left.
    /** @type {(place: string, kind: string) => Promise<Sitting | null>} */
    async begin(place, kind) {
      const latest = await this.latest(place, kind);
      if (latest?.next()) return latest;
      const series = await seriesNow();
      const name = `${place}-${kind}-${seriesNames(series, place, kind).length + 1}`;
      const seed = `${store.code || "khach"}/${isoDay(now())}/${name}`;
      const seen = seenBy(await store.lines(), series, now(), parts.apart);
      const chosen = choosePictures(parts, parts.series[kind], seed, seen);
      if (!chosen) return null;
      const pictures = parts.series[kind].told_at_once ? withMissed(latest, latest ? series[latest.name].ended : "", chosen) : chosen;
      await keepSeries(name, { pictures: pictures.map(pictureId) });
      return sittingWith(name, pictures, new Map());
    },
    // Journals the answer on a picture of a series; the first one counts.
    /** @type {(sitting: Sitting, picture: Picture, choice: string) => Promise<void>} */
    async answer(sitting, picture, choice) {
      const id = pictureId(picture);
      if (!ANSWERS.includes(choice) || sitting.said.has(id)) return;
      await store.append({ id, answer: { said: choice, series: sitting.name } });
      sitting.said.set(id, choice);
      if (!sitting.next()) await keepSeries(sitting.name, { ...(await seriesNow())[sitting.name], ended: isoDay(now()) });
    },
    clock: async () => (await store.state()).clock !== false,
    turnClock: async (/** @type {boolean} */ on) => store.keep({ ...(await store.state()), clock: on }),
  };
}
