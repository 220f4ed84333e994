"""The longest answers to every question of a unit, for what an LMS is given to keep; JavaScript that runs in node."""

from __future__ import annotations

WORST = """(page) => {
  const LONG = 2000;
  const idsIn = (some) => some.map(({ id }) => id);
  const turned = (some) => [...some].reverse();
  const steps = (question, way) => {
    const all = Object.entries(question.nodes).map(([node, { choices }]) => ({ node, choice: way(choices).id }));
    return Array.from({ length: 30 }, (_, n) => all[n % all.length]);
  };
  // Each type's answer with the most signs; the first and the latest differ, so that both are written.
  const worst = {
    single: (q, n) => q.options[n % q.options.length].id,
    multiple: (q, n) => (n ? idsIn(q.options) : turned(idsIn(q.options))),
    picture: (q, n) => (n ? idsIn(q.options) : turned(idsIn(q.options))),
    mark: (q, n) => { const ids = idsIn(q.document.flat().filter((one) => one.id)); return n ? ids : turned(ids); },
    ordering: (q, n) => (n ? idsIn(q.items) : turned(idsIn(q.items))),
    matching: (q, n) => Object.fromEntries(idsIn(q.left).map((id) => [id, q.right[n % q.right.length].id])),
    numeric: (q, n) => `${n}${"9".repeat(LONG)}`,
    moment: (q, n) => `${n}${"9".repeat(LONG)}`,
    text: (q, n) => `${n}${"ữ".repeat(LONG)}`,
    survey: (q, n) => (q.options?.length ? q.options[n % q.options.length].id : `${n}${"ữ".repeat(LONG)}`),
    form: (q, n) => Object.fromEntries(q.fields.map((field) => [field.id, worst[field.type](field, n)])),
    scenario: (q, n) => steps(q, (choices) => choices[n % choices.length]),
  };
  const questions = Object.fromEntries(Object.values(page.questions).flat().map((one) => [one.id, one]));
  const at = "2036-12-31T23:59:59+07:00";
  const both = (one) => ({ answer: worst[one.type](one, 1), first: worst[one.type](one, 0), at, tries: 2 });
  const entries = Object.fromEntries(Object.values(questions).map((one) => [one.id, both(one)]));
  const parts = page.screens.map((_, n) => n + 1);
  const seen = { version: page.version, parts, end: true, opened: true, day: at.slice(0, 10) };
  const unit = { unit: page.id, version: page.version, questions };
  const text = kit.packed({ ...unit, entries, seen });
  const back = kit.entriesOf(kit.unpacked(text, unit).lines);
  const typed = (one) => ["numeric", "moment", "text", "survey", "form"].includes(one.type);
  const written = Object.values(questions).filter((one) => one.type === "survey" && !one.options?.length);
  const own = written.map(({ id }) => back[id].answer.length);
  const told = (entry) => JSON.stringify([entry?.answer, entry?.first]);
  const same = (one) => told(back[one.id]) === told(entries[one.id]);
  return {
    length: text.length,
    answered: Object.keys(entries).length,
    back: Object.keys(back).length,
    changed: Object.values(questions).filter((one) => !typed(one) && !same(one)).map(({ id }) => id),
    shortest: own.length ? Math.min(...own) : null,
  };
}"""
"""Returns for a page how long it becomes, and what is not the same when it is read again (all variants answered)."""
