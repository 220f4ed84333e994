// Derived from buuchinh/learner/data/types.py by buuchinh derive.

/** A unit in the lists of the course; the last five are there for some kinds or hosts. */
interface UnitRow {
  id: string;
  title: string;
  version: string;
  total: number;
  law: boolean;
  minutes: number;
  why: string;
  core?: string[];
  extra?: string[];
  way?: [number, string, number[]][];
  earlier?: Named<number>;
  until?: string | null;
}

/** A scenario of a lesson: `ids` are its variants, parted by spaces, `at` the number of the screen that asks it. */
interface CaseRow {
  unit: string;
  at: number;
  title: string | null;
  ids: string;
  role: string | null;
}

/** A role with the steps of its path that there are; `later` says that an exam of it will be given on its day. */
interface RoleRow {
  id: string;
  title: string;
  about: string;
  path: string[];
  cases: string[];
  later: boolean;
}

/** A number to call: who answers, in words and short. */
interface CallRow {
  number: string;
  answers: string;
  short: string;
}

/** A sheet to print, by its path within the course. */
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

/** The pages that the host alone knows: addresses, `later` the name of each page's script. */
interface HostPages {
  goods: string | null;
  quick: string | null;
  later: Named<any>;
}

/** The course as its front page tells it; the last three are a notebook's. */
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
}
