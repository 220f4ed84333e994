// The series that a person has begun, as questions/drills/sitting.py keeps them: each answer a line of the journal.
import { choosePictures, pictureId, readPicture } from "./drill_choice.js";

const SAID = ["sign", "nothing", "late"];
const DAY = 86400000;

// Counts signs that were seen and false alarms apart; answers: [hasSign, said].
export function countSaid(answers) {
  const of = (test) => answers.filter(([sign, said]) => test(sign, said)).length;
  return {
    signs: of((sign) => sign),
    seen: of((sign, said) => sign && said === "sign"),
    plain: of((sign) => !sign),
    alarms: of((sign, said) => !sign && said === "sign"),
    late: of((_sign, said) => said === "late"),
  };
}

export function fitsPicture(hasSign, said) {
  return said === (hasSign ? "sign" : "nothing");
}

// The ids of what was shown within `apart` days before `today` (both local days), and of what an open series holds.
export function seenBy(lines, series, today, apart) {
  const last = new Map(lines.map(({ id, at }) => [id, at]));
  const seen = new Set([...last].filter(([, at]) => !(dayNumber(today) - dayNumber(new Date(at)) > apart)).map(([id]) => id));
  for (const one of Object.values(series)) if (!one.ended) one.pictures.forEach((id) => seen.add(id));
  return seen;
}

function dayNumber(at) {
  return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY);
}

function isoDay(at) {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// store: {lines(), append(line), state(), keep(state), code} of one person; parts: the tables.
export function sittingsOf(store, parts, now = () => new Date()) {
  async function seriesNow() {
    return (await store.state()).series ?? {};
  }

  async function keepSeries(name, one) {
    const state = await store.state();
    await store.keep({ ...state, series: { ...state.series, [name]: one } });
  }

  function named(series, place, kind) {
    return Object.keys(series).filter((name) => name.slice(0, name.lastIndexOf("-")) === `${place}-${kind}`);
  }

  async function sitting(name) {
    const series = await seriesNow();
    const pictures = series[name].pictures.map((id) => readPicture(id, parts)).filter(Boolean);
    const said = new Map();
    const answers = new Map((await store.lines()).map(({ id, answer }) => [id, answer]));
    for (const one of pictures) {
      const answer = answers.get(pictureId(one));
      if (answer?.series === name && SAID.includes(answer.said)) said.set(pictureId(one), answer.said);
    }
    return running(name, pictures, said);
  }

  function running(name, pictures, said) {
    return {
      name,
      kind: name.split("-").slice(-2)[0],
      pictures,
      said,
      next: () => pictures.find((one) => !said.has(pictureId(one))) ?? null,
      count: () => countSaid(pictures.filter((one) => said.has(pictureId(one))).map((one) => [one.sign !== null, said.get(pictureId(one))])),
    };
  }

  return {
    async latest(place, kind) {
      const names = named(await seriesNow(), place, kind);
      return names.length ? sitting(names[names.length - 1]) : null;
    },
    // The series that has not ended yet, or a new one; null where too few pictures are left.
    async begin(place, kind) {
      const latest = await this.latest(place, kind);
      if (latest?.next()) return latest;
      const series = await seriesNow();
      const name = `${place}-${kind}-${named(series, place, kind).length + 1}`;
      const seed = `${store.code || "khach"}/${isoDay(now())}/${name}`;
      const seen = seenBy(await store.lines(), series, now(), parts.apart);
      const pictures = choosePictures(parts, parts.series[kind], seed, seen);
      if (!pictures) return null;
      await keepSeries(name, { pictures: pictures.map(pictureId) });
      return running(name, pictures, new Map());
    },
    // Journals what was said of a picture of a series; the first word on it counts.
    async answer(sitting, picture, said) {
      const id = pictureId(picture);
      if (!SAID.includes(said) || sitting.said.has(id)) return;
      await store.append({ id, answer: { said, series: sitting.name } });
      sitting.said.set(id, said);
      if (!sitting.next()) await keepSeries(sitting.name, { ...(await seriesNow())[sitting.name], ended: isoDay(now()) });
    },
    clock: async () => (await store.state()).clock !== false,
    turnClock: async (on) => store.keep({ ...(await store.state()), clock: on }),
  };
}
