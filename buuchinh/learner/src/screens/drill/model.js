// A series of pictures: the one shown, the answer on it, the feedback; each answer is saved before the feedback.
import { fill } from "../../question/dom.js";
import { pictureId, signOf } from "../../logic/drill_choice.js";
import { svgOf, wordsOf } from "../../logic/drill_drawing.js";
import { fitsPicture, sittingsOf } from "../../logic/drill_series.js";

// Returns a model for view.js: {words, seconds, state(), act(content)}; its first page is made already.
export async function drillModel(store, parts, place) {
  const { words } = parts;
  const sittings = sittingsOf(store, parts);
  const data = { state: null };
  let sitting = null;

  async function show(page) {
    data.state = { ...page, clock: await sittings.clock() };
  }

  async function firstPage() {
    const latest = [];
    for (const kind of Object.keys(parts.series)) latest.push(await sittings.latest(place, kind));
    const begun = latest.filter(Boolean);
    const open = begun.find((series) => series.next());
    if (open) return { page: "start", kind: open.kind, left: open.pictures.length - open.said.size, total: open.pictures.length };
    if (begun.length) return endPage(begun[begun.length - 1]);
    return { page: "start", kind: "loat", left: 0, total: parts.series.loat.pictures };
  }

  function picturePage(running) {
    const picture = running.next();
    if (!picture) return endPage(running);
    return { page: "picture", ...placeIn(running, running.said.size + 1), svg: svgOf(picture, parts), alt: wordsOf(picture, parts) };
  }

  // Returns which picture it is, and, for a series with immediate feedback, how the earlier ones went.
  function placeIn(running, number) {
    const place = { number, total: running.pictures.length };
    if (!parts.series[running.kind].told_at_once) return place;
    const answered = running.pictures.filter((picture) => running.said.has(pictureId(picture)));
    return { ...place, trail: answered.map((picture) => fitsPicture(picture.sign !== null, running.said.get(pictureId(picture)))) };
  }

  function endPage(done) {
    const counted = done.count();
    const answered = done.pictures.filter((picture) => done.said.has(pictureId(picture))).map((picture) => [picture, done.said.get(pictureId(picture))]);
    const remarks = (test) => answered.filter(([picture, choice]) => test(picture.sign !== null, choice)).slice(0, parts.most_told).map(([picture, choice]) => remarkOn(parts, picture, choice));
    return {
      page: "end",
      kind: done.kind,
      total: answered.length,
      overlooked: counted.signs - counted.seen,
      again: parts.series[done.kind].told_at_once,
      lines: [fill(words.seen, counted), fill(words.alarms, counted), ...(counted.late ? [fill(words.late, counted)] : [])],
      missed: remarks((sign, choice) => sign && choice !== "sign"),
      alarms: remarks((sign, choice) => !sign && choice === "sign"),
      burst: parts.series.loat.pictures,
      row: parts.series.do.pictures,
    };
  }

  async function act(content) {
    if (content.do === "begin" && parts.series[content.kind]) {
      await sittings.turnClock(content.clock !== false);
      const begun = await sittings.begin(place, content.kind);
      if (!begun) return { did: "refuse", message: words.none_left };
      sitting = begun;
      await show(picturePage(sitting));
    } else if (content.do === "answer" && sitting) {
      const picture = sitting.next();
      if (picture && content.number === sitting.said.size + 1) {
        await sittings.answer(sitting, picture, content.said);
        const atOnce = parts.series[sitting.kind].told_at_once;
        const state = { page: "told", ...placeIn(sitting, sitting.said.size), said: content.said, last: !sitting.next() };
        await show(atOnce ? { ...state, told: remarkOn(parts, picture, content.said) } : picturePage(sitting));
      }
    } else if (content.do === "next" && sitting) {
      await show(picturePage(sitting));
    } else if (content.do === "clock") {
      await sittings.turnClock(content.on === true);
      data.state.clock = content.on === true;
    }
    return { did: content.do };
  }

  await show(await firstPage());
  return { words, seconds: parts.seconds, state: () => data.state, act };
}

// Returns the verdict, what is where, what to do, the picture with the place outlined.
export function remarkOn(parts, picture, choice) {
  const { words } = parts;
  const sign = signOf(picture, parts);
  const marked = picture.sign ?? picture.odd;
  let explanation = words.nothing_there;
  if (sign) explanation = `${sign.name}. ${words.tone[sign.tone]}`;
  else if (picture.odd) {
    const harmless = parts.harmless[parts.layers[picture.odd.layer].meaning];
    explanation = `${harmless.name}. ${harmless.why}`;
  }
  const right = fitsPicture(sign !== null, choice);
  const verdicts = sign ? { right: "right_sign", wrong: "missed", late: "late_sign" } : { right: "right_nothing", wrong: "alarm", late: "late_nothing" };
  const verdict = choice === "late" ? verdicts.late : right ? verdicts.right : verdicts.wrong;
  return {
    right,
    verdict: words[verdict],
    place: marked ? fill(words.place, { where: words.places[marked.place] }) : "",
    what: explanation,
    do: sign ? sign.do : words.goes_on,
    svg: svgOf(picture, parts, marked?.place ?? null),
    alt: wordsOf(picture, parts),
  };
}
