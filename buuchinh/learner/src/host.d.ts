// The environment of a screen. Three hosts provide it: a page for any browser (page/page_host.js), the same page in a package for
// learning management systems (scorm/scorm_host.js), and a notebook (notebook/notebook_host.js).

/** A unit and the version of it that answers belong to; `on` if they are about the law of another day. */
interface Place {
  unit: string;
  version: string;
  on?: string;
}

/** The journal of one person's work. What it reports as saved is on the disk. */
interface Journal {
  readonly durable: boolean; // false: nothing outlives this window
  entries(place: Place): Promise<Named<Entry>>;
  versions?(unit: string): Promise<{ version: string; entries: Named<Entry> }[]>; // of graded work, the one answered last comes last
  firstAnswered(places: Place[]): Promise<string | null>;
  append(place: Place, line: Line): Promise<Line>; // the line as it was saved, with its moment
  remarks(): Promise<Named<{ question: string; text: string; at: string }>>;
  remark?(question: string, text: string, at: string, place: Place): Promise<void>; // missing where remarks reach nobody
  read(kind: StateKind, unit?: string): Promise<any>; // null if nothing is stored; each kind has a shape of its own (page/stored_shapes.js)
  write(kind: StateKind, value: any, unit?: string): Promise<void>;
  unsent(place: Place, id: string): { draft?: string; store?: string }; // the places of an unsaved answer in the browser
  unkept?(unit: string, id: string): string | undefined; // what is said, in place of "saved", of an answer that will not be kept, or not whole
  covers(place: Place, where: string): boolean;
}

/** The solutions that the person who is here has opened, as they came; beside the journal, which they never change. */
interface Solutions {
  read(unit: string): Promise<string | null>;
  write(unit: string, text: string | null): Promise<void>; // null: puts them away
}

type StateKind = "role" | "sheets" | "last" | "seen" | "drill" | "follow_up" | "order" | "finished" | "submission" | "remarks";

interface Host {
  readonly kind: "page" | "notebook";
  readonly course: Course;
  readonly words: Words;
  wordsOf?(unit: string, id: string): Words; // the words of a question, where what is kept of it decides them
  readonly journal: Journal;
  readonly solutions: Solutions;
  person: string | null; // the code, null for a guest
  page: any; // the page that is shown: learner/data/unit.py
  work: any; // this person's work on it (work/work.js)
  readonly shown: Map<string, any>; // questions on the screen by id, as mount returned them
  readonly closing: Set<Promise<(() => void) | void>>; // tools and listeners of the page; each resolves to a function that ends it
  readonly cardAddress: string; // the address of the emergency card
  open(): Promise<void>; // redraws
  say(name: string, values?: object): string;
  titleOf(id: string): string;
  announce(text: string): void;
  settled(): Promise<void>; // resolves when everything typed or pressed so far is saved
  loaded(id: string): Promise<any>;
  tool(name: string): Promise<(content: any) => Promise<any>>;
  checker(): Promise<Checker>; // loaded with the questions
  more(): Promise<any>; // views that are loaded when they are first needed
  keptNote(): Element[];
  fileAt(path: string): string; // the address of a file of the course, by its path within it
  guestWork(code: string): Promise<{ asks: boolean; count: number; units: string[] }>;
  become(code: string, taken: boolean): Promise<void>;
  leave(): Promise<void>;
}

/** A unit's page of a kind that has what the script reads. */
type Page = UnitPage & Required<Pick<UnitPage, "screens" | "questions" | "forms">>;

/** The host of a page: also the store of the browser, and the other windows. */
interface PageHost extends Host {
  readonly kind: "page";
  home(): Promise<Element[]>; // the view of the address without a name
  unkept(): Element | null; // what says, above a page, that answers are kept nowhere
  store: any; // page/store.js
  readonly solutions: Solutions & { erase(): Promise<void> };
  channel: BroadcastChannel | null;
  drafts: string; // how the places of unsent answers begin
  draft(place: string, id: string): string;
  told(place: string, line: Line): void;
  tell(news: object): void;
  forHandIn(id: string, withNotebook: boolean): Promise<any>;
}

/** The host of a notebook: also its path, its open works, and the tasks without a value. */
interface NotebookHost extends Host {
  readonly kind: "notebook";
  readonly notebook: string;
  readonly journal: NotebookJournal;
  readonly redraws: Set<() => Promise<void>>; // one for each part that is shown
  readonly lacking: Set<string>; // tasks with code that ran and handed nothing in
  save(): Promise<void>; // saves the notebook itself
  show(place: { question: string; part: string }): Promise<void>; // scrolls to a question or a part of it
  unit(id: string): Promise<{ page: any; work: any }>;
  go(address: string): Promise<void>; // "#/l05/3/l05-q09"
  look(): Promise<void>; // takes over what was saved elsewhere
  dispose(): void;
}

interface NotebookJournal extends Journal {
  person(): { code: string | null; guest: boolean; role: string | null };
  submissions(unit: string): { file: string; path: string; at: string; words: string; later: number[]; feedback: string | null; delivered: string | null }[];
  guestCopies(): string[]; // paths of notebooks
  lookSubmitted(unit: string): Promise<void>;
  refresh(): Promise<void>;
}
