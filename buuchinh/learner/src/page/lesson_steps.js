// A lesson as steps, one decision each: the text before a question is on its step, text without one is a step without a number.

/**
 * @typedef {object} Step
 * @property {string} kind "open" (the role's case, its first moment), "read", "ask", "case" (the whole of it) or "end"
 * @property {number} screen the screen of the page that it belongs to, from 1
 * @property {number} part which step of that screen, from 1
 * @property {string} title
 * @property {any[]} parts
 * @property {string | null} ask the name under which the page asks its question
 * @property {boolean} extra whether the way passes it by
 * @property {boolean} again whether its screen began in an earlier step
 */

// Returns {way, beside}: the steps in order, and the extra ones. `own`: the name of the case of this person's role, if the
// lesson has one. It opens the way and closes it; a case that is on the way anyway stays in its place.
/** @type {(page: Page, own?: string | null) => { way: Step[], beside: Step[] }} */
export function lessonSteps(page, own = null) {
  const steps = page.screens.flatMap((screen, n) => stepsOn(screen, n + 1));
  const whole = steps.find(({ ask }) => own && ask === own);
  const way = steps.filter((step) => !step.extra);
  if (!whole) return { way, beside: steps.filter(({ extra }) => extra) };
  if (whole.extra) way.splice(closing(page, way), 0, Object.assign(whole, { kind: "case", extra: false }));
  const [first] = way;
  const open = { ...first, kind: "open", part: 1, parts: [], title: whole.title, ask: own, again: false };
  way.filter(({ screen }) => screen === first.screen).forEach((step) => (step.part += 1));
  return { way: [open, ...way], beside: steps.filter(({ extra }) => extra) };
}

// Returns the place of the closing case: before the last questions, those with the sentence that one writes for oneself.
function closing(page, way) {
  const survey = way.findIndex(({ ask }, n) => n > way.length / 2 && ask && page.questions[ask][0].type === "survey");
  return survey < 0 ? way.findIndex(({ kind }) => kind === "end") : survey;
}

/** @type {(screen: any, number: number) => Step[]} */
function stepsOn(screen, number) {
  const groups = [[]];
  for (const part of screen.parts) {
    groups[groups.length - 1].push(part);
    if (part.ask !== undefined) groups.push([]);
  }
  const filled = groups.filter((parts) => parts.length);
  return filled.map((parts, n) => {
    const ask = parts[parts.length - 1].ask ?? null;
    const kind = parts.some((part) => part.ending !== undefined) ? "end" : ask ? "ask" : "read";
    return { kind, screen: number, part: n + 1, title: screen.title, parts, ask, extra: Boolean(screen.extra), again: n > 0 };
  });
}

// Returns the address of a step: "#/l05/8", or "#/l05/8/2" for the second step of a screen.
/** @type {(page: { address: string }, step: Step) => string} */
export function addressOf(page, { screen, part }) {
  return `#/${page.address}/${screen}${part > 1 ? `/${part}` : ""}`;
}

// Returns the step at a screen of the page; `question`: a question's id or name, or the number of the step on the screen.
/** @type {(page: Page, steps: Step[], screenNumber: number, question?: string) => Step} */
export function stepAt(page, steps, screenNumber, question = "") {
  const screen = Math.min(Math.max(screenNumber, 1), page.screens.length);
  const here = steps.filter((step) => step.screen === screen);
  const isTarget = ({ kind, ask }) => kind !== "open" && ask && (ask === question || page.questions[ask]?.some(({ id }) => id === question));
  return here.find(isTarget) ?? steps.find(isTarget) ?? here.find(({ part }) => part === Number(question)) ?? here[0] ?? steps[0];
}
