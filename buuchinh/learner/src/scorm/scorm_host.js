// The host of screens in a package for an LMS: the page host (page/page_host.js) of one unit, whose journal the LMS keeps. Nothing is
// written into the browser but drafts, under a sign of the person whom the LMS names: several people may share a machine.
import { h } from "../question/dom.js";
import { hex, sha256, utf8 } from "../logic/sha256.js";
import { draftOf, dropDrafts } from "../page/drafts.js";
import { loaded } from "../page/loader.js";
import { courseHere, hostOf } from "../page/page_host.js";
import { openRecord } from "./lms_record.js";
import { findApi, openSession } from "./scorm_api.js";
import { unitHome } from "./unit_home.js";

const TOLD = { absent: "lms_absent", refused: "lms_refused", looking: "lms_looking", lost: "lms_lost" }; // why nothing is recorded
const AGAIN = 15000; // ms between two tries to reach an LMS that has stopped answering

export async function scormHost() {
  const course = courseHere();
  const [unit] = Object.keys(course.units);
  const page = await loaded(unit);
  const session = openSession(findApi(window), { changed: () => tellState() });
  const record = openRecord(session, page, course.on);
  const host = Object.assign(hostOf({ course, store: record.store, channel: null, person: null }), {
    home: () => unitHome(host, page, record, session),
    unkept: () => null, // the line above every page says it
    keptNote: () => [],
    solutions: { read: async () => null, write: async () => {}, erase: async () => {} },
  });
  host.journal.remark = null; // there is no hand-in that would carry it
  draftsOf(host, session, unit);

  function tellState() {
    const line = document.getElementById("hoc-lms");
    const state = session.state();
    line.hidden = state === "open";
    line.textContent = state === "open" ? "" : host.say(TOLD[state]);
  }

  const sent = () => session.state() === "lost" && record.handOver();
  const shownAt = () => record.at(location.hash.replace(/^#\//u, ""));

  // Hands over typed text too, which is a last chance.
  function leave() {
    host.shown.forEach((handle) => handle.flush?.());
    record.handOver();
  }

  setInterval(sent, AGAIN);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  addEventListener("pagehide", () => {
    leave();
    session.finish();
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // the session of a page from the browser's memory is over
  addEventListener("hashchange", shownAt);
  document.addEventListener("click", (event) => only(host, unit, event), true);

  tellState();
  if (!location.hash) history.replaceState(null, "", `#/${record.place() || unit}`);
  shownAt();
  host.checker().then(record.scoreWith, console.error);
  return host;
}

// Gives drafts a place of this person, or none if the LMS names nobody; a new attempt begins without them.
function draftsOf(host, session, unit) {
  const learner = session.get("cmi.core.student_id");
  host.drafts = `buuchinh scorm ${unit} ${hex(sha256(utf8(learner))).slice(0, 16)}:`;
  host.draft = (place, id) => (learner ? draftOf(host, place, id) : null);
  if (session.get("cmi.core.entry") === "ab-initio") dropDrafts(host);
}

// Says of a link to a page that only the whole course has where that page is.
function only(host, unit, event) {
  const link = event.target.closest?.('a[href^="#/"]');
  if (!link) return;
  const [, id] = link.getAttribute("href").split("/");
  if (id === "" || id === unit || id in host.course.later) return;
  event.preventDefault();
  event.stopPropagation();
  const said = h("span", { class: "hoc-note", role: "status" }, ` ${host.say("lms_elsewhere")}`);
  if (!link.nextElementSibling?.matches(".hoc-note[role=status]")) link.after(said);
}
