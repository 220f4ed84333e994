// Globals that no module of ours declares, and shapes that modules share. Shapes of one question type are in its folder
// (questions/types/<type>/score.js).
interface Window {
  hoc: object; // how the pages' scripts find each other (page/loader.js)
  fflate: { zipSync(files: object, options: object): Uint8Array }; // a script of its own, loaded to hand in
}

interface Navigator {
  storageBuckets?: {
    open(name: string, options?: { durability: "strict" | "relaxed" }): Promise<{ indexedDB: IDBFactory }>;
    delete(name: string): Promise<void>;
  };
}

declare module "buuchinh:types"; // every type's view.js and score.js (bundle.js)
declare module "buuchinh:views/*" {
  export const views: Named<any>; // the exports of the files `*_view.js` of a folder, by name (bundle.js)
}
declare module "buuchinh:shared" {
  export const shared: Record<string, object>; // by name, the modules that later scripts take from the first one
}

/** A table of values by name. */
type Named<T> = { [name: string]: T };

// --- A question, as buuchinh/questions/ shapes it

/** An option, an item to be put in order, a passage of a document. */
interface Choice {
  id: string;
  text: string;
}

/** The fields of every question; a page knows its keys only in practice. */
interface Question {
  id: string;
  type: string;
  stem: string;
  title?: string | null;
  points?: number;
  critical?: boolean;
  as_of?: string | null; // it is about the law of this day
  keys?: Key[];
  options?: Choice[];
  manual?: boolean; // a person decides
}

/** A question of which options are chosen. */
interface Choosing extends Question {
  options: Choice[];
}

/** The right answer from one day to another, with its grounds; the answer itself is in the shape of its type. */
interface Key {
  from?: string | null;
  to?: string | null;
  provisions?: string[];
  sources?: string[];
  rubric?: string | null;
  model_answer?: string | null;
}

/** A remark on an answer: one text, or divided into the likely belief, the reason, and the advice for next time. */
type Feedback = string | Parted;

interface Parted {
  text?: string | null;
  believed?: string | null;
  why?: string | null;
  do?: string | null;
}

/** A key's two remarks on the whole answer. */
interface Verdict {
  right: Feedback;
  wrong: Feedback;
}

/** A remark on one part of an answer; `on` is an id, "" for the whole; `told` has the parts if its author divided it. */
interface Remark {
  on: string;
  right: boolean;
  text: string;
  told?: Parted;
}

/** The share that a part of an answer earned, and the reason for less. */
interface PartScore {
  fraction: number;
  reason: string | null;
}

/** The share that an answer earned (0 to 1), the reason for less, a remark on each choice, the grounds. */
interface Score extends PartScore {
  remarks: Remark[];
  parts: Named<PartScore>;
  provisions: string[];
  sources: string[];
}

/** Rules for comparing values: a tolerance, whether it is a share of the value, whether rows are in order. */
interface Comparing {
  tolerance: number;
  relative: boolean;
  rowOrder: boolean;
}

/** A table of values as a cell hands it in. */
interface TableValue {
  columns: string[];
  rows: unknown[][];
}

/** Tells whether an answer is right, and whether it is complete. */
interface Checker {
  isRight(question: Question, answer: unknown, on: string): boolean;
  rightnessOf(question: Question, answer: unknown, on: string): boolean | null; // null: no verdict
  isWhole(question: Question, answer: unknown): boolean;
}

/** Scores an answer by the key of a day ("2026-11-25"). */
type Scorer = (question: Question, answer: unknown, day: string) => Score;

// --- A question, as a page shows it

/** Sentences from messages/vi/, by name; three of them are tables. */
type Words = { reason: Named<string>; kind: Named<string>; end: Named<string> } & Named<string>;

/** Provisions by reference: how they are named, or more. */
type Citations = Named<string | Citation>;

/** A provision in words: `note` says the days in force and how sure they are. */
interface Citation {
  text: string;
  quote?: string | null;
  note?: string | null;
}

/** A node or a text in an element; null stands for none. */
type Child = Node | string | null | undefined;

/** Attributes and listeners of an element. */
interface Properties {
  [name: string]: unknown;
  onclick?: (event: Heard<MouseEvent>) => void;
  onkeydown?: (event: Heard<KeyboardEvent>) => void;
}

/** A way on in a scenario that is ticked and not decided yet. */
interface Ticked {
  node: string;
  choice: string;
}

/** Tools of a view, which calls `changed` when its answer changes. */
interface Tools {
  words: Words;
  citations: Citations;
  mode: string; // "practice" or "exam"
  on: string;
  changed(how?: { typing?: boolean }): void;
  restate(): void; // the button's label changes, the answer does not
  ticked: { keep(value: Ticked | null): void; left(): Ticked | null };
}

/** A question on the screen. `show` may throw over an answer of a shape that its type does not have. */
interface View {
  body: Child[];
  read(checking?: boolean): unknown;
  show(answer: unknown): void;
  mark(remarks: Remark[], how?: Marked): void;
  again?(): HTMLElement | null | void; // prepares for a new answer and returns the element to focus
  typed?: boolean; // a written answer stays to be corrected; a choice is made again
  hold?(): boolean; // whether there is something to see before the page goes on
  step?: { label(): string | null; act(): void; state(): AnswerState["state"] }; // the blue button goes on within the question
}

/** How a view shows its marks: whether the whole is right, and what was answered first. */
interface Marked {
  right: boolean;
  first: unknown;
}

/** Traits of a question type; registry.js has the defaults. */
interface Traits<Q extends Question = Question> {
  checked: boolean;
  scored: boolean;
  fromCode: boolean;
  oneWord: boolean;
  leftOpen(question: Q, answer: unknown): boolean;
  openRows(question: Q, answer: unknown): number;
  rowsOf(question: Q): Choice[];
  nameOf(question: Q, on: string): string;
}

/** A type as it is registered. */
interface QuestionType extends Traits {
  view(question: Question, tools: Tools): View;
}

/** An answer that is not saved yet, and when it was given. */
interface Unsaved {
  answer: unknown;
  at: string;
}

/** Options of mount(); `onAnswer` is to be met by `saved` or `failed` of the question on the page. */
interface MountOptions {
  question: Question;
  mode: string; // "practice" or "exam"
  words: Words;
  answer?: unknown;
  answeredAt?: string | null;
  first?: unknown; // the first answer given
  on?: string | null;
  citations?: Citations;
  store?: string | null;
  draft?: string | null;
  headingLevel?: number;
  number?: string | number | null;
  remark?: string | null;
  onAnswer?(answer: unknown, number: number): void;
  onRemark?: ((text: string) => void) | null;
}

/** The verdict shown on an answer; "kept" means that it was saved without a verdict. */
type VerdictState = "right" | "partly" | "wrong" | "kept";

/** Detail of the event buuchinh:state: the text and the action that a bar offers for a question. */
interface AnswerState {
  state: "empty" | "chosen" | VerdictState;
  act(): void; // presses the blue button
  label: string | null; // its label; null: there is no button to press
  later: boolean; // whether it may be left as it is for now
}

/** A question mounted on a page. */
interface Mounted {
  saved(at: string, number?: number, sentence?: string): void;
  sayAgain(sentence?: string): void; // says otherwise what became of the answer, if its line still speaks of it
  failed(why?: string): void;
  remarked(at: string): void;
  remarkFailed(why?: string): void;
  show(answer: unknown): void;
  state(): AnswerState;
  remind(lacks: boolean): void;
  elsewhere(answer: unknown, at?: string | null): void;
  flush(): void;
  hold(): boolean;
  putOff(): boolean; // leaves it as it is for now; true if the advice for next time is shown first
  dispose(dropped?: boolean): void;
}

/** The model that anywidget hands to a widget's script: values of the kernel, by name. */
interface WidgetModel<State> {
  get<K extends keyof State>(name: K): State[K];
  on(event: string, call: () => void): void;
  off(event: string, call: () => void): void;
}

// --- Answers

/** A line of the journal. */
interface Line {
  id: string;
  answer: unknown;
  at: string;
  origin?: string;
  typed?: boolean;
}

/** The fold of all lines on one question: the latest answer, the number of tries, the first answer. */
interface Entry extends Omit<Line, "id"> {
  tries: number;
  first: unknown;
  passed?: true; // passed by, without an answer
}

/** A practice question that was answered, `at` in milliseconds. */
interface Attempt {
  objective: string;
  question: string;
  right: boolean;
  at: number;
}

/** How well an objective is mastered: its last verdicts; `mastered` is null if these are too few. */
interface Standing {
  last: boolean[];
  right: number;
  share: number;
  mastered: boolean | null;
}

/** A question that the follow-up may ask; those with the same `asked` are variants of one question. */
interface Offered {
  id: string;
  objective: string | null;
  asked: string;
  short: boolean;
  turn: number; // a lower turn comes first
}

// --- Law on a day

/** Days between which a text is in force; null: the start is unknown, or it has no end. */
interface Period {
  from: string | null;
  to: string | null;
}

/** The words of a provision in a period, and how sure they are. */
interface Wording extends Period {
  heading: string;
  words: string;
  amount: string;
  dates: string;
  confidence: string;
  state: string;
}

/** A provision with its periods, oldest first. */
interface Provision {
  ref: string;
  cite: string;
  periods: Wording[];
}

/** A document of the register. */
interface LawDocument {
  status: string;
  periods: Period[];
  provisions: Provision[];
}

/** The register as a page carries it: rows of texts under `columns`. */
interface PackedRegister {
  columns: string[];
  documents: { status: string; days: [string | null, string | null]; provisions: [string, string, (string | null)[][]][] }[];
}

// --- Pictures of parcels (datasets/drills)

/** A layer and the place of the parcel where it lies. */
interface Placed {
  layer: string;
  place: string;
}

/** The parts of a picture; `sign` is to be seen, `odd` only looks like one. */
interface Picture {
  parcel: string;
  wrapping: string;
  label: string;
  odd: Placed | null;
  sign: Placed | null;
}

interface Parcel {
  alt: string;
  shape: string;
  front: [number, number, number, number];
  places: Named<[number, number]>;
}

interface Layer {
  kind: string;
  meaning: string;
  only_on: string;
  alt: string;
  places: string[];
}

/** A sign to be seen; `alike` is the harmless thing that looks like it. */
interface Sign {
  name: string;
  tone: string;
  do: string;
  alike: string;
}

/** The tables that pictures are made from, by id. */
interface DrillParts {
  parcels: Named<Parcel>;
  wrappings: Named<{ alt: string; paper: string }>;
  layers: Named<Layer>;
  signs: Named<Sign>;
  drawings: Named<{ box: [number, number, number, number]; inner: string }>;
  series: Named<SeriesShape>;
  words: { place_of: string; places: Named<string> };
  apart: number; // days in which nobody sees a picture twice
}

/** The number of pictures in a series, and of those with a sign. */
interface SeriesShape {
  pictures: number;
  signs: number;
  told_at_once: boolean;
}

/** A series that a person began: ids of its pictures, and the day on which it ended. */
interface Series {
  pictures: string[];
  ended?: string;
}

/** The learner's answer on a picture, and the series in which it was given. */
interface DrillAnswer {
  series?: string;
  said: string;
}

/** All series of a person, and whether the clock is on. */
interface DrillState {
  series?: Named<Series>;
  clock?: boolean;
}

/** A series while it runs; `said` has the answers by the id of their picture. */
interface Sitting {
  name: string;
  kind: string;
  pictures: Picture[];
  said: Map<string, string>;
  next(): Picture | null;
  count(): Counted;
}

/** Counts: the signs and those that were seen, the pictures without one and the false alarms, the late answers. */
interface Counted {
  signs: number;
  seen: number;
  plain: number;
  alarms: number;
  late: number;
}

/** The store of one person's series. */
interface DrillStore {
  code: string | null;
  lines(): Promise<Line[]>;
  append(line: { id: string; answer: unknown }): Promise<unknown>;
  state(): Promise<DrillState>;
  keep(state: DrillState): Promise<unknown>;
}
