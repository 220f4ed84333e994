// Derived from buuchinh/learner/data/types.py by buuchinh derive.

/** A screen; each part has one name, such as `ask` or `html`. The main way leaves `extra` out, pages leave `lab`. */
interface PageScreen {
  title: string;
  parts: Named<string>[];
  extra?: boolean;
  lab?: boolean;
}

/** A unit's page: practice has the variants of each question, an exercise or exam has forms, a test has both. */
interface UnitPage {
  id: string;
  kind: "lesson" | "test" | "try" | "exercise" | "exam" | "alone";
  title: string;
  version: string;
  seed?: string;
  screens?: PageScreen[];
  questions?: Named<Question[]>;
  forms?: Named<Named<Question>>;
  ids?: string[];
  needs_code?: boolean;
  shown?: Question[];
  told?: Named<Question>;
  again?: Named<string>;
  pass_mark?: number;
  remember?: string[];
  objectives?: Named<string | null>;
  asked?: string;
  about?: string;
  cases?: Named<string>;
  openings?: Named<Named<string>>;
  cited?: Named<any>;
  read?: string[];
  law?: Named<any>;
  on?: string;
  notice?: string;
  notices?: Named<string>;
  obstacles?: Named<string>;
}

/** A unit in the lists of the course; the last five fields exist only for some kinds of units or hosts. */
interface UnitRow {
  id: string;
  title: string;
  version: string;
  total: number;
  minutes: number;
  why: string;
  core?: string[];
  extra?: string[];
  way?: [number, string, number[]][];
  earlier?: Named<number>;
  until?: string | null;
}

/** A scenario of a lesson: `ids` are its variants, separated by spaces, `at` the 1-based number of its screen. */
interface CaseRow {
  unit: string;
  at: number;
  title: string | null;
  ids: string;
  role: string | null;
}

/** A role with the available steps of its path; `later` says that an exam on it will be given on its day. */
interface RoleRow {
  id: string;
  title: string;
  about: string;
  path: string[];
  minutes: number;
  cases: string[];
  later: boolean;
}

/** A telephone number and who answers it, as a full and a short name. */
interface CallRow {
  number: string;
  answers: string;
  short: string;
}

/** A sheet to print, with its path within the course. */
interface SheetRow {
  unit: string;
  title: string;
  sheet: string;
}

/** Sentences from messages/vi/, by name. */
interface CourseWords {
  site: Named<any>;
  law: Named<any>;
  questions?: Named<any>;
  keys?: Named<any>;
  lab?: Named<any>;
}

/** The pages that only the host knows: their addresses, and in `later` the name of each page's script. */
interface HostPages {
  goods: string | null;
  quick: string | null;
  later: Named<any>;
}

/** The course as shown on its front page; the last four fields exist only in notebooks. */
interface Course {
  goods: string | null;
  quick: string | null;
  later: Named<any>;
  title: string;
  version: string;
  on: string;
  reviewed: string;
  drill: string | null;
  follow: string | null;
  packs: number[];
  alone: string | null;
  card: string;
  typed: string[];
  numbers: CallRow[];
  person: string;
  leader: string;
  leader_name: string;
  leader_channel: string;
  roles: RoleRow[];
  cases: Named<CaseRow>;
  pictures: Named<string>;
  words: CourseWords;
  units: Named<UnitRow>;
  lessons: UnitRow[];
  tests: UnitRow[];
  exercises: UnitRow[];
  exams: UnitRow[];
  self_checks: UnitRow[];
  sheets?: SheetRow[];
  law_day?: string | null;
  start?: string;
  logout?: string | null;
}
