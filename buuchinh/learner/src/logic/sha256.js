// SHA-256 and HMAC-SHA-256, synchronous: crypto.subtle is missing on plain http and never answers at once.
const [START, ROUNDS] = constants();

// Returns the digest, 32 bytes.
/** @type {(bytes: Uint8Array) => Uint8Array} */
export function sha256(bytes) {
  const length = bytes.length;
  const padded = new Uint8Array(((length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(padded.length - 4, (length << 3) >>> 0);
  const hash = Uint32Array.from(START);
  const words = new Uint32Array(64);
  for (let start = 0; start < padded.length; start += 64) {
    for (let n = 0; n < 16; n += 1) words[n] = view.getUint32(start + 4 * n);
    block(hash, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((word, n) => digest.setUint32(4 * n, word));
  return new Uint8Array(digest.buffer);
}

/** @type {(key: Uint8Array, message: Uint8Array) => Uint8Array} */
export function hmacSha256(key, message) {
  const padded = new Uint8Array(64);
  padded.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(
    concatenated(
      padded.map((byte) => byte ^ 0x36),
      message,
    ),
  );
  return sha256(
    concatenated(
      padded.map((byte) => byte ^ 0x5c),
      inner,
    ),
  );
}

/** @type {(text: string) => Uint8Array} */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** @type {(bytes: Uint8Array) => string} */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Returns which of `count` a digest chooses: its first eight bytes as one number, as questions/variants.py and exam_forms.py do.
/** @type {(digest: Uint8Array, count: number) => number} */
export function chosenBy(digest, count) {
  return Array.from(digest.slice(0, 8)).reduce((remainder, byte) => (remainder * 256 + byte) % count, 0);
}

/** @type {(first: Uint8Array, second: Uint8Array) => Uint8Array} */
function concatenated(first, second) {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

/** @type {(hash: Uint32Array, words: Uint32Array) => void} */
function block(hash, words) {
  for (let n = 16; n < 64; n += 1) {
    const a = words[n - 15];
    const b = words[n - 2];
    const low = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const high = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    words[n] = words[n - 16] + low + words[n - 7] + high;
  }
  let [a, b, c, d, e, f, g, last] = hash;
  for (let n = 0; n < 64; n += 1) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const sum = (last + mixed + ((e & f) ^ (~e & g)) + ROUNDS[n] + words[n]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, last] = [(sum + two) | 0, a, b, c, (d + sum) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, last].forEach((value, n) => {
    hash[n] += value;
  });
}

/** @type {(word: number, by: number) => number} */
function turned(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}

// Returns the constants of FIPS 180-4: the fractions of the square roots of the first 8 primes, of the cube roots of the first
// 64.
/** @type {() => [number[], number[]]} */
function constants() {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  /** @type {(root: number) => number} */
  const fraction = (root) => Math.floor((root % 1) * 0x100000000);
  return [primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))), primes.map((prime) => fraction(Math.cbrt(prime)))];
}
