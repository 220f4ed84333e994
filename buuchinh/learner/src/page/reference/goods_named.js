// Recognition of the goods that a customer's words name. Of two ways to read the same words the longer one holds. Drugs, arms,
// explosives, forbidden prints and forgeries (``strict``) are named by their own words alone: a name that only may be one is
// doubtful.

const CAUTION = ["refuse", "unit", "ask", "accept"];
const FEW = 2;
const LONG = 4; // letters: only a longer word may be several typed as one
const FOREIGN = 6; // letters without a mark: few words of Vietnamese have so many

// Returns the table prepared for search: each thing with the ways to say it as ``phrases`` and their words without marks as one
// text; these by their first word and by all words typed as one; every word that is in one.
export function tableOf(phrased) {
  const [byFirst, byAll, known] = [new Map(), new Map(), new Set()];
  const goods = phrased.map((good) => ({ ...good, bares: good.phrases.flat().map(({ bare }) => ` ${bare}`).join("") }));
  const add = (map, key, entry) => map.get(key)?.push(entry) ?? map.set(key, [entry]);
  goods.forEach((good) => good.phrases.forEach((parts, usual) => {
    parts.forEach(({ text }) => known.add(text));
    add(byFirst, parts[0].bare, { good, parts, usual });
    if (parts.length > 1) add(byAll, parts.map(({ bare }) => bare).join(""), { good, parts, usual });
  }));
  return { goods, byFirst, byAll, known };
}

// Returns {found, used, together, doubtful, either, several, grave}: goods, those that need most care first; the places of
// their words, and of the words that name one only together; words that may name something dangerous, or not; the two readings
// of words typed without marks; whether more than one thing is meant; whether one of them is refused with whatever else is in
// the parcel.
export function named(table, query) {
  const { words } = query;
  const longest = longestOf(likelyMatches(matchesOf(table, query), query), query).filter((match) => !shapeOnly(match, query) && !saysNothing(match, query));
  const [either = []] = longest.flatMap((match) => readings(match, longest, query));
  const read = longest.filter((match) => !readings(match, longest, query).length);
  const judged = read.map((match) => ({ ...match, doubt: match.good.strict ? mayMeanOther(match, read, query) : onlyDescribes(match, read, query) }));
  const sure = withoutEveryday(withoutCovered(judged.filter(({ doubt }) => !doubt)), query);
  const used = placesIn(sure);
  const doubts = [...judged.filter(({ doubt }) => doubt).map(({ at }) => at), ...query.warning].filter((places) => places.some((n) => !used.has(n)));
  const doubtful = [...new Set(doubts.flat())].sort((a, b) => a - b).map((n) => words[n].said);
  const groups = [...new Set(sure.map(({ at }) => at.join()))].map((place) => sure.filter(({ at }) => at.join() === place).sort(spokenOrder));
  const strictFirst = ([a], [b]) => Number(!a.good.strict) - Number(!b.good.strict);
  groups.sort((a, b) => care(a[0]) - care(b[0]) || strictFirst(a, b) || b[0].at.length - a[0].at.length || a[0].at[0] - b[0].at[0]);
  const goods = [...new Set(groups.flat().map(({ good }) => good))];
  const several = groups.length > 1 && goods.some(({ answer }) => answer !== "accept");
  const plain = placesIn(sure.filter((match) => care(match) > 1));
  const grave = goods.some(({ strict }) => strict) || query.warning.some((places) => places.some((n) => !plain.has(n)));
  const together = placesIn(sure.filter(({ at }) => at.length > 1));
  return { found: goods, used, together, several, grave, doubtful, either };
}

// Returns the sure matches, else the possible ones ("kem", typed for "kèm"); and the misspelt ones among the other words.
function likelyMatches(matches, { words, silent }) {
  const spelt = matches.filter(({ odd }) => !odd.length);
  const sure = spelt.filter(({ vague }) => !vague);
  const likely = sure.length ? sure : spelt.filter((match) => words.length <= FEW || (match.at[0] === 0 && care(match) > 1));
  const taken = placesIn(likely);
  return [...likely, ...matches.filter(({ odd, at }) => odd.length && at.every((n) => !taken.has(n) && !silent.has(n)))];
}

// Leaves out everyday things that need less care than a dangerous one with the same words: "tiền giả polymer" is no "tiền
// polymer".
function withoutCovered(matches) {
  const dangerous = matches.filter(({ good }) => good.strict);
  return matches.filter((match) => match.good.strict || !dangerous.some((other) => care(other) <= care(match) && other.at.some((n) => match.at.includes(n))));
}

// Leaves out everyday things of one syllable, typed without marks, beside one that needs care ("clo long": no "lồng").
function withoutEveryday(matches, { form }) {
  if (form === "text" || !matches.some((match) => care(match) < 2)) return matches;
  return matches.filter((match) => match.good.answer !== "accept" || match.parts.length > 1 || match.spelt);
}

// Tells whether a match is only the animal that a toy or a figure shows ("squishy con gà").
function shapeOnly({ at }, { shape, silent }) {
  return at.some((n) => shape.has(n)) && at.every((n) => shape.has(n) || silent.has(n));
}

// Tells whether a match is one word such as "quà", "đồ", "hàng" beside words that say something: "quà bánh chưng" is not asked
// about.
function saysNothing({ at, good }, { words, form, silent, empty }) {
  return at.length === 1 && good.answer === "ask" && empty.passing[form].has(words[at[0]][form]) && words.some((_, n) => !silent.has(n));
}

function placesIn(matches) {
  return new Set(matches.flatMap(({ at }) => at));
}

function spokenOrder(a, b) {
  return b.spelt - a.spelt || a.usual - b.usual || care(a) - care(b);
}

function care({ good }) {
  return CAUTION.indexOf(good.answer);
}

// Returns the table's phrases that are found among the words; ``spelt``: how many words are as typed. ``odd``: words with other
// marks than the table's that are not in it ("thuóc nổ"). ``vague``: they may as well be words that say nothing ("cho con",
// "anh").
function matchesOf({ byFirst, byAll, known }, query) {
  const { words, form, empty } = query;
  const glued = words.flatMap(({ bare }, n) => (bare.length > LONG ? (byAll.get(bare) ?? []).map((entry) => ({ ...entry, at: [n], odd: [] })) : []));
  const placed = words.flatMap(({ bare }, from) => (byFirst.get(bare) ?? []).flatMap((entry) => {
    const run = entry.parts.map((_, k) => from + k);
    const follows = entry.parts.every((part, k) => words[run[k]]?.bare === part.bare);
    const places = follows ? run : entry.good.strict ? [] : scattered(entry.parts, query, from);
    if (!places.length) return [];
    const others = entry.parts.flatMap((part, k) => (form === "text" && words[places[k]].text !== part.text ? [words[places[k]]] : []));
    const lacking = others.every(({ text, bare: typed }) => text === typed) && others.length < entry.parts.length && !entry.good.strict;
    if (others.length && !lacking && (entry.parts.length === 1 || !(entry.good.strict || care(entry) === 0) || others.some(({ text }) => known.has(text)))) return [];
    const passed = places.every((n) => empty.passing[form].has(words[n][form])) && !entry.parts.every(({ text }) => empty.passing.text.has(text));
    return [{ ...entry, at: places, odd: lacking ? [] : others, vague: passed }];
  }));
  return [...glued, ...placed].map((match) => ({ ...match, spelt: match.at.filter((n, k) => words[n].text === match.parts[k].text).length }));
}

// Returns the places of a phrase in another order, or with one word between, else []: "áo quần" for "quần áo", "dao nhỏ thái"
// for "dao thái", but not "bông với mèo".
function scattered(parts, { words, form, segments }, from) {
  const places = parts.map((part, k) => (k ? words.findIndex((word) => word[form] === part[form]) : from));
  const near = Math.max(...places) - Math.min(...places) <= parts.length;
  return places.includes(-1) || new Set(places).size < parts.length || !near || places.some((n) => segments[n] !== segments[from]) ? [] : places;
}

function longestOf(matches, { within }) {
  const inside = (places, other) => other.length > places.length && places.every((n) => other.includes(n));
  return matches.filter((match) => !within.some((places) => inside(match.at, places)) && !matches.some((other) => inside(match.at, other.at)));
}

// Returns [[everyday words, dangerous words]], to be asked, if a dangerous name typed without marks may as well be an everyday
// thing, else [].
function readings(match, matches, { form }) {
  if (!match.good.strict || form === "text") return [];
  const everyday = matches.find(({ good, at, spelt }) => !good.strict && at.join() === match.at.join() && (spelt >= match.spelt || match.spelt < at.length || at.length > 1));
  return everyday ? [[everyday, match].map(({ parts }) => parts.map(({ said: text }) => text).join(" "))] : [];
}

// Tells whether a dangerous word may mean another thing here: it is one syllable, or two typed without marks, beside a word for
// no such thing ("súng massage"); or it follows a word such as "hình", "phòng", or is beside one such as "trang trí". The name
// of a drug in a foreign language ("codein") means nothing else, nor does counterfeit money, with marks or without.
function mayMeanOther({ at, parts, good }, matches, { words, form, silent, plain, about, pretend, segments }) {
  const here = (n) => segments[n] === segments[at[0]] && !at.includes(n);
  const own = placesIn(matches.filter((other) => other.good === good));
  if (about.some((n) => here(n) && n < at[0] && !own.has(n)) || pretend.some((places) => places.every((n) => here(n) && !own.has(n)))) return true;
  const money = good.strict === "forged" && good.answer === "refuse";
  if (parts.length > (form === "text" || money ? 1 : 2)) return false;
  if (good.strict === "drugs" && parts[0].text === parts[0].bare && parts[0].bare.length >= FOREIGN) return false;
  const understood = placesIn(matches.filter(({ good: other, at: [n] }) => other.strict || !here(n)));
  return words.some((_, n) => !silent.has(n) && !plain.has(n) && !understood.has(n));
}

// Tells whether one syllable that needs care by itself only describes the thing before it ("kéo cắt gà"), or is typed without
// its marks beside an unknown word ("xi nhan").
function onlyDescribes({ good, at, parts, spelt: asTyped }, matches, { words, form, silent, segments, warning }) {
  if (parts.length > 1 || care({ good }) > 1 || warning.some((places) => places.includes(at[0]))) return false;
  const understood = placesIn(matches);
  if (form === "bare" && !asTyped && words.some((_, n) => !silent.has(n) && !understood.has(n))) return true;
  return matches.some((other) => other.good !== good && segments[other.at[0]] === segments[at[0]] && Math.max(...other.at) < at[0]);
}
