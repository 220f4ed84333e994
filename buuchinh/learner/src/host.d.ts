// What a screen finds around it. Two hosts give it: a page for any browser (page/host.js) and a notebook (notebook/host.js).

/** A unit and the version of it that answers belong to; `on` where the law of another day is asked about. */
interface Place {
  unit: string;
  version: string;
  on?: string;
}

/** What a person has done. What it promises as kept is on the disk. */
interface Journal {
  readonly durable: boolean; // false: nothing outlives this window
  entries(place: Place): Promise<Named<Entry>>;
  versions?(unit: string): Promise<{ version: string; entries: Named<Entry> }[]>; // of what is graded, the last begun last
  firstAnswered(places: Place[]): Promise<string | null>;
  append(place: Place, line: Line): Promise<Line>; // the line as it was kept, with its moment
  remarks(): Promise<Named<{ question: string; text: string; at: string }>>;
  remark(question: string, text: string, at: string, place: Place): Promise<void>;
  read(kind: StateKind, unit?: string): Promise<any>; // null where nothing is kept; each kind has a shape of its own (page/sound.js)
  write(kind: StateKind, value: any, unit?: string): Promise<void>;
  unsent(place: Place, id: string): { draft?: string; store?: string }; // where the browser keeps an answer until it is kept
  covers(place: Place, where: string): boolean;
}

type StateKind = "role" | "sheets" | "last" | "seen" | "drill" | "follow_up" | "order" | "finished" | "submission" | "remarks";

interface Host {
  readonly kind: "page" | "notebook";
  readonly course: Course;
  readonly words: Words;
  readonly journal: Journal;
  person: string | null; // the code, null for a guest
  page: any; // the page that is shown: learner/data/unit.py
  work: any; // this person's work on it (work/work.js)
  readonly shown: Map<string, any>; // questions on the screen by id, as mount returned them
  readonly closing: Set<Promise<(() => void) | void>>; // what comes later; each resolves to what stops it
  readonly cardAddress: string; // of the emergency card
  open(): Promise<void>; // draws anew
  say(name: string, values?: object): string;
  titleOf(id: string): string;
  announce(text: string): void;
  settled(): Promise<void>; // when all that was typed or pressed so far is kept
  loaded(id: string, lawToo?: boolean): Promise<any>;
  tool(name: string): Promise<(given: any) => Promise<any>>;
  checker(): Promise<Checker>; // comes with the questions
  more(): Promise<any>; // views that come when they are first needed
  keptNote(): Element[];
  fileAt(path: string): string; // of a file of the course, by its path within it
  guestWork(code: string): Promise<{ asks: boolean; count: number; units: string[] }>;
  become(code: string, taken: boolean): Promise<void>;
  leave(): Promise<void>;
}

/** A unit as a screen is given it; a lesson and what an exercise lets try have questions, what is graded has forms. */
interface Page {
  id: string;
  kind: "lesson" | "test" | "try" | "exercise" | "exam" | "alone";
  version: string;
  seed?: string;
  questions: Named<Question[]>; // practice: the variants of each name
  forms: Named<Named<Question>>; // graded: the questions of each form
  screens: { title: string; extra?: boolean; parts: { ask?: string; try?: string }[] }[];
}

/** A page's own: the store of the browser, and the other windows. */
interface PageHost extends Host {
  readonly kind: "page";
  store: any; // page/store.js
  channel: BroadcastChannel | null;
  drafts: string; // how the places of unsent answers begin
  draft(place: string, id: string): string;
  told(place: string, line: Line): void;
  tell(news: object): void;
  forHandIn(id: string, withNotebook: boolean): Promise<any>;
}

/** A notebook's own: its path, the works that are open, and what its cells told. */
interface NotebookHost extends Host {
  readonly kind: "notebook";
  readonly notebook: string;
  readonly journal: NotebookJournal;
  readonly redraws: Set<() => Promise<void>>; // of each part that is shown
  readonly lacking: Set<string>; // tasks whose code ran and handed nothing in
  save(): Promise<void>; // the notebook itself
  show(place: { question: string; part: string }): Promise<void>; // a question of it, or a part
  unit(id: string): Promise<{ page: any; work: any }>;
  go(address: string): Promise<void>; // "#/l05/3/l05-q09"
  look(): Promise<void>; // sees what was saved elsewhere
  dispose(): void;
}

interface NotebookJournal extends Journal {
  person(): { code: string | null; guest: boolean; role: string | null };
  submissions(unit: string): { file: string; path: string; at: string; words: string; later: number[] }[];
  lookSubmitted(unit: string): Promise<void>;
  refresh(): Promise<void>;
}
