// Sentences of a package on where an answer is kept: in the LMS, in this window alone, or in the LMS only in part.

const SENTENCES = { absent: "lms_absent", refused: "lms_refused", looking: "lms_looking", lost: "lms_lost" }; // why nothing is recorded
const UNRECORDED = { check_lead: "check_lead_unrecorded", check_private: "check_private_unrecorded" }; // then said instead
const number = (value) => new Intl.NumberFormat("vi-VN").format(value);

// Returns {line, words, unkept, name}, by what the record and the session say at the moment.
export function sayingsOf(host, page, record, session) {
  const site = host.course.words.site;
  const records = () => ["open", "lost"].includes(session.state());
  const sizes = ({ length, fits }) => ({ length: number(length), fits: number(fits) });
  const titleOf = (id) => Object.values(page.questions).flat().find((question) => question.id === id)?.title ?? "";

  // Returns what is said of an answer of which only a part fits, undefined if all of it does.
  function cut(id) {
    const sizesCut = record.notWhole()[id];
    return sizesCut ? host.say("lms_cut_here", sizes(sizesCut)) : undefined;
  }

  return {
    // Returns the line above every page, "" if there is nothing to say. others: how many other windows show this unit.
    line(others) {
      const sentences = session.state() === "open" ? [] : [host.say(SENTENCES[session.state()])];
      if (others) sentences.push(host.say("lms_two"));
      if (records()) sentences.push(...Object.entries(record.notWhole()).map(([id, sizesCut]) => host.say("lms_cut", { title: titleOf(id), ...sizes(sizesCut) })));
      return sentences.join(" ");
    },
    // Returns the words of a question: answers of other units, such as practice again, are never handed over.
    words(unit, id) {
      if (unit !== page.id) return { ...host.words, saved: site.lms_again, draft_kept: site.lms_choice, draft_lost: site.lms_choice };
      if (!records()) return { ...host.words, answered_earlier: site.lms_window, draft_kept: site.lms_choice, draft_lost: site.lms_choice };
      const part = cut(id);
      return part ? { ...host.words, answered_earlier: part } : host.words;
    },
    // Returns what is said of an answer in place of "saved", undefined if it is.
    unkept(unit, id) {
      if (unit !== page.id) return undefined; // its words say so
      if (!records()) return host.say("lms_window");
      return session.state() === "lost" ? host.say("in_this_window") : cut(id);
    },
    // Returns the name of the sentence that is true at the moment.
    name: (name) => (records() ? name : (UNRECORDED[name] ?? name)),
  };
}
