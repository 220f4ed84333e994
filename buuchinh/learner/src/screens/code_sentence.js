// Whose work is shown, in one sentence.

// Tells whether anything here is handed in; pages for self-study and for the public have no such work.
/** @type {(host: Host) => boolean} */
export function hasGraded({ course }) {
  return course.exercises.length + course.exams.length > 0 || course.roles.some(({ later }) => later);
}

/** @type {(host: Host) => string} */
export function codeSentence(host) {
  if (host.person) return host.say("code_of", { code: host.person });
  return host.say(hasGraded(host) ? "code_none" : "code_needless");
}
