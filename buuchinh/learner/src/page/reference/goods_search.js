// Search for a customer's words in the table of goods: "cái mền với cái gối", "thuoc tay cho ma", "banhtrang tay ninh".
import { mayBeDangerous, misspelt } from "./goods_misspelt.js";
import { named, tableOf } from "./goods_named.js";
import { hear, phrasesOf } from "./goods_words.js";

const MOST_NEAR = 5;
const RARE = 3; // a word that so few goods have identifies the one that is meant
// The ways in which a thing is found by its name, the surest first.
const [EXACT, SAME, NAMED, BEGINS, HOLDS, NONE] = [0, 1, 2, 3, 4, 5];

export function searchable(goods) {
  return tableOf(goods.map((good) => ({ ...good, phrases: phrasesOf([good.name, ...good.words].join(";")) })));
}

// Returns the result of ``named``, and {unknown, near, abroad, taken}: words that the table does not have; whether no thing is
// meant for sure, and those found only look like the words typed; whether it goes to another country; the name that a misspelt
// one is taken for.
export function lookUp(table, typed, empty) {
  const query = hear(typed, empty);
  const { words, silent, plain, abroad, segments } = query;
  const everyday = table.goods.filter(({ strict }) => !strict);
  const { used, together: joined, ...result } = named(table, query);
  const telling = words.filter((_, n) => !silent.has(n) || joined.has(n)); // "lào" says much in "thuốc lào hải phòng"
  const unknown = words.flatMap((word, n) => (used.has(n) || silent.has(n) || plain.has(n) || result.doubtful.includes(word.said) ? [] : [word.said]));
  const answer = { ...result, unknown, near: false, abroad, taken: "" };
  const warning = new Set(empty.warning.map(([{ text }, ...more]) => (more.length ? "" : text)));
  const whole = byName(everyday, words, comparisonBy(query), warning);
  if (result.found.some(({ strict }) => strict)) {
    const others = whole.within ? [] : whole.found.filter(careful);
    return { ...answer, found: [...new Set([...result.found, ...others])] };
  }
  const together = new Set(words.flatMap((_, n) => (silent.has(n) ? [] : [segments[n]]))).size < 2;
  for (const { found: goods, within, several } of [whole, byName(together ? everyday : [], telling, wholeWordsOnly(comparisonBy(query)), warning)]) {
    const slip = within ? misspelt(table, words, unknown) : null; // a name but for a slip is surer than words within another name
    if (goods.length && !slip && !(within && result.found.length && !unknown.length)) return { ...answer, found: goods, unknown: [], several };
  }
  const slip = misspelt(table, words, unknown) ?? misspelt(table, together ? telling : [], unknown);
  const perhaps = slip?.found.some(({ strict }) => strict) ? [] : [...mayBeDangerous(table, words, unknown), ...(slip?.doubtful ?? [])];
  const doubtful = [...new Set([...result.doubtful, ...perhaps])];
  const wary = { ...answer, doubtful, unknown: unknown.filter((word) => !doubtful.includes(word)) };
  if (slip) {
    const refused = [...result.found, ...(whole.within ? whole.found : [])].filter((good) => good.answer === "refuse");
    return { ...wary, found: [...new Set([...slip.found, ...refused])], unknown: [], taken: slip.said };
  }
  if (result.found.length && !unknown.length) return answer;
  const marked = byName(table.goods.filter(careful), telling, comparisonBySound(table), warning);
  if (result.found.length && (!marked.found.length || marked.within)) return wary;
  const like = marked.found.length ? marked.found : nearest(everyday, telling, comparisonBy(query), result.doubtful);
  return { ...wary, found: like.slice(0, MOST_NEAR), near: true };
}

// Returns the answer of a line: "accept" holds only for the thing by itself, and never if something else may be meant.
export function answerOf(good, { grave, doubtful, either, several, abroad, unknown, near, taken }) {
  if (good.answer !== "accept") return good.answer;
  if (grave || doubtful.length || either.length || near) return "doubt";
  return several || abroad || unknown.length || taken ? "accept_if" : "accept";
}

function careful({ answer }) {
  return answer !== "accept";
}

// Returns a comparison of words typed with the marks of the table, or with none at all; an unfinished word begins one of the
// table, and lacks more than a tone: "tây" is no beginning of "tẩy".
function comparisonBy({ form }) {
  return (typed, written, whole = true) => {
    const way = form === "bare" || typed.text !== typed.bare ? form : "bare";
    return written[way] === typed[way] || (!whole && written.bare !== typed.bare && written[way].startsWith(typed[way]));
  };
}

// Returns the same comparison for words among others that say nothing, in which each word is whole.
function wholeWordsOnly(alike) {
  return (typed, written) => alike(typed, written);
}

// Returns a comparison that passes over wrong marks, unless they are those of another word: "nước mám".
function comparisonBySound({ known }) {
  return (typed, written, whole = true) =>
    (whole ? written.bare === typed.bare : written.bare.startsWith(typed.bare)) && (written.text === typed.text || !known.has(typed.text));
}

// Returns the goods with all words typed in a name or in one of the other ways to say it, the last word perhaps unfinished.
// ``within``: they are only somewhere inside one, and may mean another thing ("giáo" within "sách giáo khoa"). ``several``: an
// accepted thing may not be the one meant.
function byName(goods, words, alike, warning) {
  if (!words.length) return { found: [], within: false, several: false };
  const having = goods.filter(({ bares }) => words.every(({ bare }) => bares.includes(` ${bare}`)));
  const hits = having.map((good) => ({ good, rank: rankOf(good, words, alike, warning) })).filter(({ rank }) => rank[0] < NONE);
  const best = Math.min(...hits.map(({ rank }) => rank[0]));
  const whole = hits.filter(({ rank }) => rank[0] <= SAME);
  const surest = hits.filter(({ good, rank }) => rank[0] <= (whole.length ? BEGINS : HOLDS) && (careful(good) || rank[0] <= SAME || !whole.some((hit) => careful(hit.good))));
  surest.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2]);
  return { found: surest.map(({ good }) => good), within: best === HOLDS, several: best === HOLDS || whole.some(({ good }) => careful(good)) };
}

// Returns the rank of a thing: the way in which it is found; the surplus words; how usual this way to say it is. Dangerous
// goods must match as a whole. "mỹ phẩm" does not begin "mỹ phẩm giả": a warning that names the thing by itself has to be
// typed.
function rankOf(good, words, alike, warning) {
  const unsaid = (parts) => parts.length > words.length && warning.has(parts[parts.length - 1].text) && good.phrases.some(([part, other]) => !other && part.text === parts[parts.length - 1].text);
  const begins = (parts, usual) => (usual === 0 ? NAMED : unsaid(parts) ? HOLDS : BEGINS);
  const ranks = good.phrases.map((parts, usual) => [wayOf(parts, words, alike, begins(parts, usual)), Math.abs(parts.length - words.length), usual]);
  const [way, ...order] = ranks.reduce((best, rank) => (rank[0] < best[0] || (rank[0] === best[0] && rank[1] < best[1]) ? rank : best));
  return [good.strict && way > SAME ? NONE : way, ...order];
}

function wayOf(parts, words, alike, begun) {
  const last = words.length - 1;
  const matches = (word, part, n) => part !== undefined && alike(word, part, n < last);
  if (parts.length === words.length && words.every((word, n) => alike(word, parts[n]))) return EXACT;
  if (parts.length === words.length && words.every((word) => parts.some((part) => alike(word, part)))) return SAME;
  if (words.every((word, n) => matches(word, parts[n], n))) return begun;
  return words.every((word, n) => parts.some((part) => matches(word, part, n))) ? HOLDS : NONE;
}

// Returns the goods that have a doubtful word, those that have it most first; or that share at least half of the words (two of
// them, or all), and a rare one.
function nearest(goods, words, alike, doubtful) {
  const times = (word) => new Map(goods.map((good) => [good, good.phrases.filter((parts) => parts.some((part) => alike(word, part))).length]));
  const having = words.map(times).map((counts) => new Map([...counts].filter(([, count]) => count)));
  const shared = (good) => having.filter((counts) => counts.has(good));
  const enough = Math.max(Math.min(words.length, 2), words.length / 2);
  const doubtsOf = (good) => words.reduce((sum, { said: text }, n) => sum + (doubtful.includes(text) ? having[n].get(good) ?? 0 : 0), 0);
  const like = goods.filter((good) => careful(good) && (doubtsOf(good) || (shared(good).length >= enough && shared(good).some(({ size }) => size <= RARE))));
  return like.sort((a, b) => doubtsOf(b) - doubtsOf(a) || shared(b).length - shared(a).length);
}
