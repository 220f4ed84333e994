// Answers that could not be saved, handed to the next page of this browser. The program may restart at another port, which
// is another origin to localStorage but not to a cookie; the cookie is removed as soon as the answer is saved.

const LONGEST_LEFT = 3800; // browsers take 4096 bytes
const MOST_LEFT = 8; // all cookies go along with each request
const QUARTER_YEAR = 7_776_000; // seconds

/** @type {(place: string) => string} */
function cookieOf(place) {
  let hash = 7;
  for (const letter of place) hash = (Math.imul(hash, 31) + /** @type {number} */ (letter.codePointAt(0))) >>> 0;
  return `bc-left-${hash.toString(36)}`;
}

/** @type {() => string[]} */
function cookies() {
  return (document.cookie || "").split("; ").filter((cookie) => cookie.startsWith("bc-left-"));
}

/** @type {(place: string | null, value: Unsaved | null) => void} */
export function handOver(place, value) {
  if (!place) return;
  const name = cookieOf(place);
  const exists = cookies().some((cookie) => cookie.startsWith(`${name}=`));
  const text = value === null ? "" : encodeURIComponent(JSON.stringify({ ...value, place }));
  const fits = text !== "" && text.length <= LONGEST_LEFT && (exists || cookies().length < MOST_LEFT);
  if (exists || fits) document.cookie = `${name}=${fits ? text : ""}; path=/; SameSite=Strict; max-age=${fits ? QUARTER_YEAR : 0}`;
}

// Returns the places (names) of the answers that are in cookies.
/** @type {() => string[]} */
export function leftPlaces() {
  return cookies().flatMap((cookie) => readCookie(cookie)?.place ?? []);
}

/** @type {(place: string | null) => Unsaved | null} */
export function handedOver(place) {
  const match = place && cookies().find((cookie) => cookie.startsWith(`${cookieOf(place)}=`));
  const value = match ? readCookie(match) : null;
  return value?.place === place ? value : null;
}

/** @type {(text: string) => (Unsaved & { place: string }) | null} */
function readCookie(text) {
  try {
    return JSON.parse(decodeURIComponent(text.slice(text.indexOf("=") + 1)));
  } catch {
    return null;
  }
}
