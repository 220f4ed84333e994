// The series that a person has begun: their pictures are saved in a state, each answer is a line of the journal.
import { choosePictures, pictureId, readPicture } from "./drill_choice.js";

const SAID = ["sign", "nothing", "late"];
const DAY = 86400000;

// Counts signs that were seen and false alarms separately; answers: whether there is a sign, the answer given.
/** @type {(answers: [boolean, string][]) => Counted} */
export function countAnswers(answers) {
  /** @type {(test: (sign: boolean, said: string) => boolean) => number} */
  const of = (test) => answers.filter(([sign, said]) => test(sign, said)).length;
  return {
    signs: of((sign) => sign),
    seen: of((sign, said) => sign && said === "sign"),
    plain: of((sign) => !sign),
    alarms: of((sign, said) => !sign && said === "sign"),
    late: of((_sign, said) => said === "late"),
  };
}

/** @type {(hasSign: boolean, said: string) => boolean} */
export function fitsPicture(hasSign, said) {
  return said === (hasSign ? "sign" : "nothing");
}

// Returns the ids shown within `apart` days before `today` (both local days), and those in an open series.
/** @type {(lines: Line[], series: Named<Series>, today: Date, apart: number) => Set<string>} */
export function seenBy(lines, series, today, apart) {
  const last = new Map(lines.map(({ id, at }) => [id, at]));
  const seen = new Set([...last].filter(([, at]) => !(dayNumber(today) - dayNumber(new Date(at)) > apart)).map(([id]) => id));
  for (const one of Object.values(series)) if (!one.ended) one.pictures.forEach((id) => seen.add(id));
  return seen;
}

/** @type {(at: Date) => number} */
function dayNumber(at) {
  return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY);
}

/** @type {(at: Date) => string} */
function isoDay(at) {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
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

  /** @type {(name: string, one: Series) => Promise<void>} */
  async function keepSeries(name, one) {
    const state = await store.state();
    await store.keep({ ...state, series: { ...state.series, [name]: one } });
  }

  /** @type {(series: Named<Series>, place: string, kind: string) => string[]} */
  function named(series, place, kind) {
    return Object.keys(series).filter((name) => name.slice(0, name.lastIndexOf("-")) === `${place}-${kind}`);
  }

  /** @type {(name: string) => Promise<Sitting>} */
  async function sitting(name) {
    const series = await seriesNow();
    const pictures = series[name].pictures.map((id) => readPicture(id, parts)).filter((one) => one !== null);
    /** @type {Map<string, string>} */
    const said = new Map();
    const answers = new Map((await store.lines()).map(({ id, answer }) => [id, /** @type {DrillAnswer | null} */ (answer)]));
    for (const one of pictures) {
      const answer = answers.get(pictureId(one));
      if (answer?.series === name && SAID.includes(answer.said)) said.set(pictureId(one), answer.said);
    }
    return running(name, pictures, said);
  }

  /** @type {(name: string, pictures: Picture[], said: Map<string, string>) => Sitting} */
  function running(name, pictures, said) {
    return {
      name,
      kind: name.split("-").slice(-2)[0],
      pictures,
      said,
      next: () => pictures.find((one) => !said.has(pictureId(one))) ?? null,
      count: () =>
        countAnswers(pictures.filter((one) => said.has(pictureId(one))).map((one) => [one.sign !== null, /** @type {string} */ (said.get(pictureId(one)))])),
    };
  }

  // Brings back signs missed in the last series, from the next day on, in place of as many new ones.
  /** @type {(last: Sitting | null, ended: string | undefined, pictures: Picture[]) => Picture[]} */
  function withMissed(last, ended, pictures) {
    if (!last || !ended || ended >= isoDay(now())) return pictures;
    const missed = last.pictures.filter((one) => one.sign && last.said.get(pictureId(one)) !== "sign");
    return pictures.map((one) => (one.sign ? (missed.shift() ?? one) : one));
  }

  return {
    /** @type {(place: string, kind: string) => Promise<Sitting | null>} */
    async latest(place, kind) {
      const names = named(await seriesNow(), place, kind);
      return names.length ? sitting(names[names.length - 1]) : null;
    },
    // Returns the series that has not ended yet, or a new one; null if too few pictures are left.
    /** @type {(place: string, kind: string) => Promise<Sitting | null>} */
    async begin(place, kind) {
      const latest = await this.latest(place, kind);
      if (latest?.next()) return latest;
      const series = await seriesNow();
      const name = `${place}-${kind}-${named(series, place, kind).length + 1}`;
      const seed = `${store.code || "khach"}/${isoDay(now())}/${name}`;
      const seen = seenBy(await store.lines(), series, now(), parts.apart);
      const chosen = choosePictures(parts, parts.series[kind], seed, seen);
      if (!chosen) return null;
      const pictures = parts.series[kind].told_at_once ? withMissed(latest, latest ? series[latest.name].ended : "", chosen) : chosen;
      await keepSeries(name, { pictures: pictures.map(pictureId) });
      return running(name, pictures, new Map());
    },
    // Journals the answer on a picture of a series; the first one counts.
    /** @type {(sitting: Sitting, picture: Picture, said: string) => Promise<void>} */
    async answer(sitting, picture, said) {
      const id = pictureId(picture);
      if (!SAID.includes(said) || sitting.said.has(id)) return;
      await store.append({ id, answer: { said, series: sitting.name } });
      sitting.said.set(id, said);
      if (!sitting.next()) await keepSeries(sitting.name, { ...(await seriesNow())[sitting.name], ended: isoDay(now()) });
    },
    clock: async () => (await store.state()).clock !== false,
    turnClock: async (/** @type {boolean} */ on) => store.keep({ ...(await store.state()), clock: on }),
  };
}
