// Choice of the pictures of a series: by a seed, never one that was seen, real signs beside look-alikes.
import { chosenBy, hex, sha256, utf8 } from "./sha256.js";

const TRIES = 300;
const NEAR = ["left corner", "corner bottom"];
const PLACES = ["top", "left", "label", "right", "corner", "bottom"];

// Chooses pictures. parts: the tables of datasets/drills; seen: ids. Null if too few pictures are left.
/** @type {(parts: DrillParts, series: SeriesShape, seed: string, seen: Set<string>) => Picture[] | null} */
export function choosePictures(parts, series, seed, seen) {
  const taken = new Set(seen);
  const signs = shuffledBy(Object.keys(parts.signs), seed, "signs");
  /** @type {Picture[]} */
  const chosen = [];
  for (let number = 0; number < series.pictures; number += 1) {
    const withSign = number < series.signs;
    const sign = signs[(withSign ? number : number - series.signs) % signs.length];
    const make = withSign ? pictureWith : pictureWithout;
    /** @type {Picture | null} */
    let picture = null;
    for (let attempt = 0; attempt < TRIES && !picture; attempt += 1) {
      const made = make(parts, sign, `${seed}/${number}/${attempt}`);
      if (!taken.has(pictureId(made))) picture = made;
    }
    if (!picture) return null;
    taken.add(pictureId(picture));
    chosen.push(picture);
  }
  return shuffledBy(chosen, seed, "order");
}

/** @type {(picture: Picture) => string} */
export function pictureId({ parcel, wrapping, label, odd, sign }) {
  return [parcel, wrapping, label, ...[odd, sign].map((thing) => (thing ? `${thing.layer}@${thing.place}` : "-"))].join(".");
}

// Returns the picture with that id, null if one of its parts no longer exists.
/** @type {(id: unknown, parts: DrillParts) => Picture | null} */
export function readPicture(id, parts) {
  const [parcel, wrapping, label, ...things] = String(id).split(".");
  /** @type {(table: object, name: string) => boolean} */
  const isIn = (table, name) => Object.keys(table).includes(name);
  if (things.length !== 2 || !isIn(parts.parcels, parcel) || !isIn(parts.wrappings, wrapping) || !isIn(parts.layers, label)) return null;
  const [odd, sign] = things.map((thing) => (thing === "-" ? null : { layer: thing.split("@")[0], place: thing.split("@")[1] }));
  const known = [odd, sign].every((thing) => !thing || (isIn(parts.layers, thing.layer) && PLACES.includes(thing.place)));
  return known ? { parcel, wrapping, label, odd, sign } : null;
}

// Returns the things on the parcel, by place: the places are "Chỗ A", "Chỗ B" … in this order.
/** @type {(picture: Picture) => Placed[]} */
export function thingsOf({ label, odd, sign }) {
  /** @type {Map<string, Placed>} */
  const things = new Map();
  for (const thing of [{ layer: label, place: "label" }, odd, sign]) if (thing) things.set(`${thing.layer}@${thing.place}`, thing);
  return [...things.values()].sort((a, b) => PLACES.indexOf(a.place) - PLACES.indexOf(b.place));
}

/** @type {(picture: Picture, parts: DrillParts) => Sign | null} */
export function signOf(picture, parts) {
  return picture.sign ? parts.signs[parts.layers[picture.sign.layer].meaning] : null;
}

/** @type {(parts: DrillParts, sign: string, turn: string) => Picture} */
function pictureWith(parts, sign, turn) {
  const [id, layer] = pick(layersOf(parts, sign), turn, "look");
  const parcel = pick(parcelsFor(parts, layer), turn, "parcel");
  const placed = { layer: id, place: pick(layer.places, turn, "place") };
  const odd = share(turn, "odd") < 0.5 ? oddThing(parts, ofKind(parts, "odd"), parcel, placed, turn) : null;
  const label = placed.place === "label" ? id : labelFor(parts, turn);
  return { parcel: parcel.id, wrapping: wrappingFor(parts, turn), label, odd, sign: placed };
}

/** @type {(parts: DrillParts, sign: string, turn: string) => Picture} */
function pictureWithout(parts, sign, turn) {
  const alike = layersOf(parts, parts.signs[sign].alike).filter(([, layer]) => layer.kind === "odd");
  const part = share(turn, "odd");
  const layers = part < 0.45 && alike.length ? alike : part < 0.65 ? ofKind(parts, "odd") : [];
  const parcel = pick(parcelsFor(parts, null), turn, "parcel");
  const odd = oddThing(parts, layers, parcel, null, turn);
  return { parcel: parcel.id, wrapping: wrappingFor(parts, turn), label: labelFor(parts, turn), odd, sign: null };
}

/** @type {(parts: DrillParts, layers: [string, Layer][], parcel: Parcel, beside: Placed | null, turn: string) => Placed | null} */
function oddThing(parts, layers, parcel, beside, turn) {
  const alike = beside ? parts.signs[parts.layers[beside.layer].meaning].alike : "";
  const fitting = layers
    .filter(([, layer]) => layer.meaning !== alike && canBe(layer, parcel))
    .flatMap(([id, layer]) => layer.places.map((place) => ({ layer: id, place })))
    .filter((placed) => isSeparate(placed, beside));
  return fitting.length ? pick(fitting, turn, "odd-thing") : null;
}

/** @type {(placed: Placed, beside: Placed | null) => boolean} */
function isSeparate(placed, beside) {
  if (!beside) return true;
  const pairs = [`${placed.place} ${beside.place}`, `${beside.place} ${placed.place}`];
  return placed.place !== beside.place && !pairs.some((pair) => NEAR.includes(pair));
}

/** @type {(layer: Layer, parcel: Parcel) => boolean} */
function canBe(layer, parcel) {
  return layer.only_on === "" || layer.only_on === parcel.shape;
}

/** @type {(parts: DrillParts, layer: Layer | null) => (Parcel & { id: string })[]} */
function parcelsFor(parts, layer) {
  return Object.entries(parts.parcels)
    .map(([id, parcel]) => ({ id, ...parcel }))
    .filter((parcel) => !layer || canBe(layer, parcel));
}

/** @type {(parts: DrillParts, kind: string) => [string, Layer][]} */
function ofKind(parts, kind) {
  return Object.entries(parts.layers).filter(([, layer]) => layer.kind === kind);
}

/** @type {(parts: DrillParts, meaning: string) => [string, Layer][]} */
function layersOf(parts, meaning) {
  return Object.entries(parts.layers).filter(([, layer]) => layer.meaning === meaning);
}

/** @type {(parts: DrillParts, turn: string) => string} */
function wrappingFor(parts, turn) {
  return pick(Object.keys(parts.wrappings), turn, "wrapping");
}

/** @type {(parts: DrillParts, turn: string) => string} */
function labelFor(parts, turn) {
  return pick(ofKind(parts, "label"), turn, "label")[0];
}

/** @type {<T>(offered: T[], ...seed: string[]) => T} */
function pick(offered, ...seed) {
  return offered[chosenBy(digestOf(seed), offered.length)];
}

/** @type {(...seed: string[]) => number} */
function share(...seed) {
  return chosenBy(digestOf(seed), 1000) / 1000;
}

/**
 * @template T
 * @param {T[]} things
 * @param {...string} seed
 * @returns {T[]}
 */
function shuffledBy(things, ...seed) {
  const keyed = things.map((thing, n) => /** @type {[string, T]} */ ([hex(digestOf([...seed, String(n)]).slice(0, 8)), thing]));
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, thing]) => thing);
}

/** @type {(seed: string[]) => Uint8Array} */
function digestOf(seed) {
  return sha256(utf8(seed.join("/")));
}
