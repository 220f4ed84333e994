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
  const add = (map, key, one) => map.get(key)?.push(one) ?? map.set(key, [one]);
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
export function named(table, heard) {
  const { words } = heard;
  const longest = longestOf(meant(matchesOf(table, heard), heard), heard).filter((one) => !shapeOnly(one, heard) && !saysNothing(one, heard));
  const [either = []] = longest.flatMap((one) => readings(one, longest, heard));
  const read = longest.filter((one) => !readings(one, longest, heard).length);
  const judged = read.map((one) => ({ ...one, doubt: one.good.strict ? mayBe(one, read, heard) : besides(one, read, heard) }));
  const kept = without(notOver(judged.filter(({ doubt }) => !doubt)), heard);
  const used = placesIn(kept);
  const asked = [...judged.filter(({ doubt }) => doubt).map(({ at }) => at), ...heard.warning].filter((at) => at.some((n) => !used.has(n)));
  const doubtful = [...new Set(asked.flat())].sort((one, other) => one - other).map((n) => words[n].said);
  const groups = [...new Set(kept.map(({ at }) => at.join()))].map((place) => kept.filter(({ at }) => at.join() === place).sort(spokenOrder));
  const strictFirst = ([one], [other]) => Number(!one.good.strict) - Number(!other.good.strict);
  groups.sort((one, other) => care(one[0]) - care(other[0]) || strictFirst(one, other) || other[0].at.length - one[0].at.length || one[0].at[0] - other[0].at[0]);
  const found = [...new Set(groups.flat().map(({ good }) => good))];
  const several = groups.length > 1 && found.some(({ answer }) => answer !== "accept");
  const plain = placesIn(kept.filter((one) => care(one) > 1));
  const grave = found.some(({ strict }) => strict) || heard.warning.some((at) => at.some((n) => !plain.has(n)));
  const together = placesIn(kept.filter(({ at }) => at.length > 1));
  return { found, used, together, several, grave, doubtful, either };
}

// Returns the sure matches, else the possible ones ("kem", typed for "kèm"); and the misspelt ones among the other words.
function meant(matches, { words, silent }) {
  const spelt = matches.filter(({ odd }) => !odd.length);
  const sure = spelt.filter(({ vague }) => !vague);
  const told = sure.length ? sure : spelt.filter((one) => words.length <= FEW || (one.at[0] === 0 && care(one) > 1));
  const taken = placesIn(told);
  return [...told, ...matches.filter(({ odd, at }) => odd.length && at.every((n) => !taken.has(n) && !silent.has(n)))];
}

// Leaves out everyday things that need less care than a dangerous one with the same words: "tiền giả polymer" is no "tiền
// polymer".
function notOver(matches) {
  const dangerous = matches.filter(({ good }) => good.strict);
  return matches.filter((one) => one.good.strict || !dangerous.some((other) => care(other) <= care(one) && other.at.some((n) => one.at.includes(n))));
}

// Leaves out everyday things of one syllable, typed without marks, beside one that needs care ("clo long": no "lồng").
function without(matches, { form }) {
  if (form === "text" || !matches.some((one) => care(one) < 2)) return matches;
  return matches.filter((one) => one.good.answer !== "accept" || one.parts.length > 1 || one.spelt);
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

function spokenOrder(one, other) {
  return other.spelt - one.spelt || one.usual - other.usual || care(one) - care(other);
}

function care({ good }) {
  return CAUTION.indexOf(good.answer);
}

// Returns the table's phrases that are found among the words; ``spelt``: how many words are as typed. ``odd``: words with other
// marks than the table's that are not in it ("thuóc nổ"). ``vague``: they may as well be words that say nothing ("cho con",
// "anh").
function matchesOf({ byFirst, byAll, known }, heard) {
  const { words, form, empty } = heard;
  const glued = words.flatMap(({ bare }, n) => (bare.length > LONG ? (byAll.get(bare) ?? []).map((one) => ({ ...one, at: [n], odd: [] })) : []));
  const placed = words.flatMap(({ bare }, from) => (byFirst.get(bare) ?? []).flatMap((one) => {
    const run = one.parts.map((_, k) => from + k);
    const stands = one.parts.every((part, k) => words[run[k]]?.bare === part.bare);
    const at = stands ? run : one.good.strict ? [] : scattered(one.parts, heard, from);
    if (!at.length) return [];
    const others = one.parts.flatMap((part, k) => (form === "text" && words[at[k]].text !== part.text ? [words[at[k]]] : []));
    const lacking = others.every(({ text, bare: typed }) => text === typed) && others.length < one.parts.length && !one.good.strict;
    if (others.length && !lacking && (one.parts.length === 1 || !(one.good.strict || care(one) === 0) || others.some(({ text }) => known.has(text)))) return [];
    const passed = at.every((n) => empty.passing[form].has(words[n][form])) && !one.parts.every(({ text }) => empty.passing.text.has(text));
    return [{ ...one, at, odd: lacking ? [] : others, vague: passed }];
  }));
  return [...glued, ...placed].map((one) => ({ ...one, spelt: one.at.filter((n, k) => words[n].text === one.parts[k].text).length }));
}

// Returns the places of a phrase in another order, or with one word between, else []: "áo quần" for "quần áo", "dao nhỏ thái"
// for "dao thái", but not "bông với mèo".
function scattered(parts, { words, form, segments }, from) {
  const at = parts.map((part, k) => (k ? words.findIndex((word) => word[form] === part[form]) : from));
  const near = Math.max(...at) - Math.min(...at) <= parts.length;
  return at.includes(-1) || new Set(at).size < parts.length || !near || at.some((n) => segments[n] !== segments[from]) ? [] : at;
}

function longestOf(matches, { within }) {
  const inside = (at, other) => other.length > at.length && at.every((n) => other.includes(n));
  return matches.filter((one) => !within.some((at) => inside(one.at, at)) && !matches.some((other) => inside(one.at, other.at)));
}

// Returns [[everyday words, dangerous words]], to be asked, if a dangerous name typed without marks may as well be an everyday
// thing, else [].
function readings(one, matches, { form }) {
  if (!one.good.strict || form === "text") return [];
  const everyday = matches.find(({ good, at, spelt }) => !good.strict && at.join() === one.at.join() && (spelt >= one.spelt || one.spelt < at.length || at.length > 1));
  return everyday ? [[everyday, one].map(({ parts }) => parts.map(({ said }) => said).join(" "))] : [];
}

// Tells whether a dangerous word may mean another thing here: it is one syllable, or two typed without marks, beside a word for
// no such thing ("súng massage"); or it follows a word such as "hình", "phòng", or is beside one such as "trang trí". The name
// of a drug in a foreign language ("codein") means nothing else, nor does counterfeit money, with marks or without.
function mayBe({ at, parts, good }, matches, { words, form, silent, plain, about, pretend, segments }) {
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
function besides({ good, at, parts, spelt: asTyped }, matches, { words, form, silent, segments, warning }) {
  if (parts.length > 1 || care({ good }) > 1 || warning.some((places) => places.includes(at[0]))) return false;
  const understood = placesIn(matches);
  if (form === "bare" && !asTyped && words.some((_, n) => !silent.has(n) && !understood.has(n))) return true;
  return matches.some((other) => other.good !== good && segments[other.at[0]] === segments[at[0]] && Math.max(...other.at) < at[0]);
}
