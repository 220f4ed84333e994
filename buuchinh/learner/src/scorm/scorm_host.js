// The host of screens in a package for an LMS: the page host (page/page_host.js) of one unit, whose journal the LMS keeps. Nothing is
// written into the browser but drafts, under a sign of the person whom the LMS names: several people may share a machine.
import { h } from "../question/dom.js";
import { hex, sha256, utf8 } from "../logic/sha256.js";
import { draftOf, dropDrafts } from "../page/drafts.js";
import { loaded } from "../page/loader.js";
import { courseHere, hostOf } from "../page/page_host.js";
import { openRecord } from "./lms_record.js";
import { listen } from "../page/windows.js";
import { otherWindows } from "./other_windows.js";
import { sayingsOf } from "./sayings.js";
import { findApi, openSession } from "./scorm_api.js";
import { unitHome } from "./unit_home.js";

const AGAIN = 15000; // ms between two tries to reach an LMS that has stopped answering

export async function scormHost() {
  const course = courseHere();
  const [unit] = Object.keys(course.units);
  const page = await loaded(unit);
  const session = openSession(findApi(window), { changed: () => becameKnown() });
  const record = openRecord(session, page, course.on, () => tellState());
  const channel = channelOf(session, unit);
  const host = Object.assign(hostOf({ course, store: record.store, channel, person: null }), {
    home: () => unitHome(host, page, record, session),
    unkept: () => null, // the line above every page says it
    keptNote: () => [],
    wordsOf: (unit, id) => sayings.words(unit, id),
    solutions: { read: async () => null, write: async () => {}, erase: async () => {} },
  });
  host.journal.remark = null; // there is no hand-in that would carry it
  draftsOf(host, session, unit);
  const say = host.say;
  const sayings = sayingsOf(host, page, record, session);
  host.say = (name, values) => say(sayings.name(name), values);
  host.journal.unkept = sayings.unkept;
  let others = 0;

  function tellState() {
    const line = document.getElementById("hoc-lms");
    const sentence = sayings.line(others);
    line.hidden = !sentence;
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  // Says of what is shown that the LMS has it now, too.
  function becameKnown() {
    tellState();
    if (session.state() === "open") host.shown.forEach((handle, id) => handle.sayAgain?.(sayings.unkept(host.work?.unit ?? unit, id)));
  }

  const windows = channel && otherWindows(channel, (count) => {
    others = count;
    tellState();
  });
  channel?.addEventListener("message", ({ data }) => data.line && record.takeOver(data.place, data.line));
  listen(host);

  const sent = () => session.state() === "lost" && record.handOver();
  const place = () => record.at(location.hash.replace(/^#\//u, ""));

  // Hands over typed text too, which is a last chance.
  function leave() {
    host.shown.forEach((handle) => handle.flush?.());
    record.handOver();
  }

  setInterval(() => {
    sent();
    windows?.look();
  }, AGAIN);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  addEventListener("pagehide", () => {
    leave();
    session.finish();
    windows?.leave();
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // the session of a page from the browser's memory is over
  addEventListener("hashchange", place);
  document.addEventListener("click", (event) => explainMissingPage(host, unit, event), true);

  tellState();
  if (!location.hash) history.replaceState(null, "", `#/${record.place() || unit}`);
  place();
  host.checker().then(record.scoreWith, console.error);
  return host;
}

// Returns a name of this person and unit that does not say who it is.
const nameOf = (session, unit) => `buuchinh scorm ${unit} ${hex(sha256(utf8(session.get("cmi.core.student_id")))).slice(0, 16)}`;

// Returns a channel to the other windows of this person and this package, null where nothing is recorded, the LMS names nobody, or
// the browser has none. A copy of the package in another course is another address.
function channelOf(session, unit) {
  const possible = session.state() === "open" && session.get("cmi.core.student_id") && "BroadcastChannel" in window;
  return possible ? new BroadcastChannel(`${nameOf(session, unit)} ${location.pathname}`) : null;
}

// Gives drafts a place of this person, or none if the LMS names nobody; a new attempt begins without them.
function draftsOf(host, session, unit) {
  const learner = session.get("cmi.core.student_id");
  host.drafts = `${nameOf(session, unit)}:`;
  host.draft = (place, id) => (learner ? draftOf(host, place, id) : null);
  if (session.get("cmi.core.entry") === "ab-initio") dropDrafts(host);
}

// Says of a link to a page that only the whole course has where that page is.
function explainMissingPage(host, unit, event) {
  const link = event.target.closest?.('a[href^="#/"]');
  if (!link) return;
  const [, id] = link.getAttribute("href").split("/");
  if (id === "" || id === unit || id in host.course.later) return;
  event.preventDefault();
  event.stopPropagation();
  const status = h("span", { class: "hoc-note", role: "status" }, ` ${host.say("lms_elsewhere")}`);
  if (!link.nextElementSibling?.matches(".hoc-note[role=status]")) link.after(status);
}
