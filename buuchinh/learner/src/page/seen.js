// Which parts of a unit a person has looked at, and whether the end of its main part was one of them.

const seenKey = (app, id) => `seen ${app.person ?? ""} ${id}`;

// Parts are numbered as this version has them. `drilled(place)`: whether a series of pictures was finished there.
export async function lookedAt(app, page, now, end) {
  const before = await app.journal.get(seenKey(app, page.id));
  const parts = before?.version === page.version ? before.parts : [];
  if (!parts.includes(now)) parts.push(now);
  app.journal.set(seenKey(app, page.id), { version: page.version, parts, end: end || before?.end === true }).catch(() => {});
  const { series = {} } = (await app.journal.get(`drill ${app.person ?? ""}`)) ?? {};
  const drilled = (place) => Object.keys(series).some((name) => name.startsWith(`${place}-`) && series[name].ended !== undefined);
  return { parts, drilled };
}

export async function walkedThrough(app, id) {
  return (await app.journal.get(seenKey(app, id)))?.end === true;
}
