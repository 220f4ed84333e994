// Derived from buuchinh/desk_payloads/desk_screens.py, buuchinh/desk_payloads/desk_dialogs.py, buuchinh/desk_payloads/desk_marks.py by buuchinh derive.

/** A text with its sign. */
interface SignedText {
  sign: string;
  tone: string;
  text: string;
}

/** A text about a unit. */
interface UnitText {
  unit: string;
  text: string;
}

/** A file of the course and its name in words. */
interface NamedFile {
  path: string;
  text: string;
}

/** The effect of a button (desk/tasks/task.py): ``kind`` names the way in which acting.js does it. */
interface DeskAction {
  kind: string;
  values: Named<any>;
}

/** A button with its text. */
interface DeskButton {
  kind: string;
  values: Named<any>;
  text: string;
}

/** A thing to do; ``line`` and ``note`` are shown in place of sentence and detail where it is not the first. */
interface DeskTask {
  id: string;
  sign: string;
  tone: string;
  sentence: string;
  detail: string;
  button: string;
  action: DeskAction;
  line: string;
  note: string;
}

/** The task of the moment, and those after it. */
interface NowPanel {
  first: DeskTask | null;
  then: DeskTask[];
}

/** The head of every page; ``waiting`` counts the answers that a person must mark. */
interface DeskHead {
  name: string;
  about: string;
  backup: string;
  backup_about: string;
  waiting: number;
  projecting: boolean;
  practice: boolean;
}

/** The job that is running now: ``done`` of ``total`` steps; ``stopping`` once a stop was requested. */
interface RunningJob {
  id: string;
  title: string;
  done: number;
  total: number;
  text: string;
  stopping: boolean;
}

/** The job that ended last, with the path of a file that it wrote. */
interface EndedJob {
  id: string;
  text: string;
  tone: string;
  file: string;
}

/** The foot line of every page. */
interface DeskFoot {
  job: RunningJob | null;
  ended: EndedJob | null;
  saved: string;
  command: string;
}

/** The head and the foot line. */
interface DeskFrame {
  head: DeskHead;
  foot: DeskFoot;
}

/** A state of a person's work on a unit, as one word and in full. */
interface CellState {
  id: string;
  sign: string;
  word: string;
  full: string;
  tone: string;
}

/** The next step of a unit; it is a button if it has an action. */
interface NextStep {
  text: string;
  tone: string;
  kind?: string;
  values?: Named<any>;
}

/** The head of a unit's column: ``done`` of ``of`` people have handed in. */
interface UnitColumn {
  id: string;
  short: string;
  subject: string;
  done: number;
  of: number;
  due: string;
  next: NextStep;
}

/** A filter of rows, by numbers of states or by a flag of cells. */
interface RowFilter {
  id: string;
  text: string;
  states?: number[];
  flag?: number;
}

/** The table: each row has code, name, office, role and cells, each cell ``[state, points, flags]`` or less. */
interface ClassTable {
  states: CellState[];
  units: UnitColumn[];
  rows: [string, string, string, string, any[][]][];
  filters: RowFilter[];
  named: boolean;
}

/** A unit among the first steps, and its deadline. */
interface FirstUnit {
  unit: string;
  text: string;
  due: string;
}

/** The newest bundle for trainees. */
interface NewestBundle {
  path: string;
  about: string;
}

/** The three steps of an empty class, of which ``at`` is the next one; ``exams`` are never in its bundle. */
interface FirstSteps {
  words: Named<string>;
  id: string;
  at: number;
  units: FirstUnit[];
  done: string;
  bundle: string;
  exams: boolean;
}

/** Everything that changes on the desk's page; ``collected`` is the job whose dialog is opened once. */
interface DeskPayload {
  head: DeskHead;
  foot: DeskFoot;
  now: NowPanel;
  table: ClassTable;
  collected: string;
  empty: FirstSteps | null;
}

/** A unit's feedback: how far it is, its file if it was packed, and the one button if there is something to do. */
interface FeedbackRow {
  unit: string;
  name: string;
  text: string;
  about: string;
  done: string;
  file: string;
  button: DeskButton | null;
}

/** The data of the results' page: the unit that it shows, None while nothing is graded, and feedback by unit. */
interface ResultsPayload {
  head: DeskHead;
  foot: DeskFoot;
  unit: string | null;
  feedback: FeedbackRow[];
  regrade: string;
}

/** The data of a drawn exam's page, whose HTML holds the questions; ``read`` is the fingerprint of their draw. */
interface DrawnExamPayload {
  head: DeskHead;
  foot: DeskFoot;
  unit: string;
  read: string;
}

/** The class list that was read, and the path of the list to hand out. */
interface ListAbout {
  read: string;
  to_hand_out: string;
}

/** A doubt about a class list, answered with yes or no. */
interface ListQuestion {
  id: string;
  text: string;
  detail: string;
}

/** A class list that waits for answers; with ``foreign`` it may belong to another class. */
interface ListWaiting {
  file: string;
  foreign: string;
  questions: ListQuestion[];
  notes: string[];
}

/** A person of the class list; ``own`` tells extra time, ``left`` when the person left. */
interface ListRow {
  code: string;
  name: string;
  office: string;
  role: string;
  own: string;
  left: string;
}

/** A unit with its deadline, in words and as a field has it. */
interface UnitDeadline {
  unit: string;
  short: string;
  subject: string;
  deadline: string;
  until: string;
}

/** A backup of the class. */
interface BackupFile {
  file: string;
  path: string;
  at: string;
  about: string;
}

/** Another class and its folder. */
interface ClassFolder {
  name: string;
  folder: string;
}

/** Everything that changes on the page of the class list, without the head and the foot line. */
interface ClassList {
  list: ListAbout;
  waiting: ListWaiting | null;
  rows: ListRow[];
  units: UnitDeadline[];
  backups: BackupFile[];
  bundle: NewestBundle;
  folder: string;
  others: ClassFolder[];
}

/** Everything that changes on that page. */
interface ListPayload {
  list: ListAbout;
  waiting: ListWaiting | null;
  rows: ListRow[];
  units: UnitDeadline[];
  backups: BackupFile[];
  bundle: NewestBundle;
  folder: string;
  others: ClassFolder[];
  head: DeskHead;
  foot: DeskFoot;
}

/** The reply to a button: a sentence, a question to ask first, a job, a command, a file, a text to copy, lines.
 *
 * ``course_gone`` is True once the class of the page was removed. */
interface CallReply {
  text: string;
  ask: string;
  job: string;
  command: string;
  file: string;
  copy: string;
  lines: string[];
  asks: boolean;
  on: boolean;
  course_gone: boolean;
}

/** An attempt, with the path of its original. */
interface HandedIn {
  path: string;
  text: string;
  at: string;
  counts: boolean;
}

/** The points on a question. */
interface QuestionPoints {
  sign: string;
  tone: string;
  text: string;
  points: string;
  critical: string;
  comment: string;
}

/** An answer that would be accepted as it was handed in. */
interface OfferedAnswer {
  question: string;
  stem: string;
  words: string;
  rerun: string;
  points: string;
}

/** The answers that would be accepted; ``seen`` is their fingerprint. */
interface AcceptPreview {
  seen: string;
  title: string;
  answers: OfferedAnswer[];
  total: string;
}

/** The sheet of one person in one unit. */
interface CellSheet {
  unit: string;
  code: string;
  name: string;
  office: string;
  heading: string;
  state: SignedText;
  total: string;
  reasons: string[];
  why: string[];
  deadline: string;
  handed_in: HandedIn[];
  notes: string[];
  questions: QuestionPoints[];
  feedback: string;
  sent: string;
  outdated: string;
  refused: string[];
  until: string;
  to_accept: AcceptPreview | null;
  actions: DeskButton[];
}

/** A state with the number of people in it, and their names if something is still to come. */
interface StateCount {
  sign: string;
  tone: string;
  text: string;
  who: string[];
}

/** A file that is opened in the browser, or else downloaded. */
interface OpenedFile {
  path: string;
  text: string;
  opens: boolean;
}

/** Part of a unit's sheet, such as the feedback and solutions to give back: sentences, buttons and files. */
interface GiveBack {
  lines: string[];
  actions: DeskButton[];
  files: OpenedFile[];
}

/** The sheet of one unit. */
interface UnitSheet {
  unit: string;
  heading: string;
  deadline: string;
  until: string;
  states: StateCount[];
  waits: string;
  reports: NamedFile[];
  actions: DeskButton[];
  hand_out: GiveBack;
  next_sitting: GiveBack;
  give_back: GiveBack;
}

/** Two people whose work is alike; ``asked`` is whether the pair was put away. */
interface EqualPair {
  first: string;
  second: string;
  text: string;
  asked: boolean;
}

/** The pairs of one unit; the title is "" if all were put away. */
interface EqualPairs {
  unit: string;
  title: string;
  lead: string;
  pairs: EqualPair[];
}

/** A sign computed from two works; ``alike`` if it is part of what makes them alike. */
interface PairSign {
  text: string;
  alike: boolean;
}

/** A run of words of an answer; ``same`` if the other answer has the same run. */
interface AnswerPart {
  text: string;
  same: boolean;
}

/** One person's answer, with a soft remark on when it was saved. */
interface PairAnswer {
  parts: AnswerPart[];
  about: string;
}

/** A question beside two answers; ``alike`` if it is part of the evidence, else the answers differ. */
interface EqualRow {
  number: number;
  stem: string;
  why: string;
  alike: boolean;
  left: PairAnswer;
  right: PairAnswer;
}

/** Two works beside each other.
 *
 * ``asked`` says when the pair was put away, or is "". ``note`` is what was noted after asking; ``note_closed`` is the
 * reason why it is not shown now, or "". ``originals`` are the files as they were handed in. */
interface TwoWorks {
  unit: string;
  first: string;
  second: string;
  title: string;
  lead: string;
  left: string;
  right: string;
  signs: PairSign[];
  rows: EqualRow[];
  others: string;
  asked: string;
  note: string;
  note_closed: string;
  originals: NamedFile[];
}

/** A person who may own a refused file. */
interface PossibleOwner {
  code: string;
  text: string;
}

/** A file of a batch that was stored nowhere. */
interface StrayFile {
  batch: string;
  file: string;
}

/** A refused file, or a ``stray`` one; ``ask_whom`` is the request to a person who is chosen, at first ``likely``.
 *
 * ``asked`` says that the file was asked for again. */
interface RefusedFile {
  id: string;
  who: string;
  unit: string;
  reason: string;
  file: string;
  at: string;
  owners: PossibleOwner[];
  ask: string;
  ask_whom: string;
  likely: string;
  asked: string;
  files: string[];
  stray: StrayFile | null;
  choose: boolean;
}

/** Work that was taken in after something in it was mended. */
interface MendedWork {
  unit_id: string;
  code: string;
  who: string;
  unit: string;
  notes: string[];
}

/** Late work on which nobody has decided. */
interface LateWork {
  unit_id: string;
  code: string;
  at: string;
  text: string;
  files: string[];
  button: string;
  until: string;
}

/** The work that was taken in as it was. */
interface PlainWork {
  count: number;
  text: string;
  codes: string[];
}

/** The people whose work on a unit has not come. */
interface MissingWork {
  unit_id: string;
  text: string;
  who: string;
}

/** The dialog of what was taken in, or of all that needs a decision. */
interface Decisions {
  title: string;
  lead: string;
  refused: RefusedFile[];
  mended: MendedWork[];
  late: LateWork[];
  fine: PlainWork;
  known: string;
  missing: MissingWork[];
  units: string[];
  count: number;
  batch: string;
}

/** A unit's deadline for one person, with the state of the person's work. */
interface OwnDeadline {
  unit: string;
  short: string;
  subject: string;
  deadline: string;
  until: string;
  own: string;
  state: string;
}

/** The sheet of one person of the class list. */
interface PersonSheet {
  code: string;
  name: string;
  office: string;
  role: string;
  own: string;
  left: string;
  units: OwnDeadline[];
}

/** The places that hold data about one person. */
interface ErasePreview {
  code: string;
  places: string[];
}

/** The effects of restoring a backup; ``exercises`` is a question about them. */
interface RestorePreview {
  file: string;
  at: string;
  lines: string[];
  exercises: string;
}

/** A question whose key changes, with its right answer before and after. */
interface CorrectedQuestion {
  number: number;
  stem: string;
  before: string[];
  after: string[];
  note: string;
}

/** The number of people who move in one way. */
interface MoveCount {
  count: number;
  tone: string;
  text: string;
}

/** A person whose points change; the sign is the direction in which the pass mark is crossed. */
interface PersonMove {
  sign: string;
  tone: string;
  text: string;
  code: string;
  name: string;
  before: string;
  after: string;
}

/** A released version that a correction may reach. */
interface ReachedVersion {
  id: string;
  text: string;
  about: string;
  chosen: boolean;
}

/** A provision by reference, and how it is cited. */
interface ProvisionName {
  ref: string;
  text: string;
}

/** The effects of a corrected answer key. */
interface RegradePreview {
  unit: string;
  fingerprint: string;
  only: string[];
  title: string;
  lead: string;
  questions: CorrectedQuestion[];
  counts: MoveCount[];
  moves: PersonMove[];
  ungraded: string;
  kept: string[];
  versions: ReachedVersion[];
  after: string;
  needs_reason: boolean;
  provisions: ProvisionName[];
  button: string;
}

/** A line of a rubric; ``half`` tells whether half of its points can be given. */
interface RubricLineText {
  id: string;
  points: number;
  half: boolean;
  text: string;
}

/** The texts and tables before a question on the sheet, as safe HTML, and whether they are shown unfolded. */
interface BeforeQuestion {
  html: string;
  short: boolean;
}

/** A question as one version asked it and how it is marked, as safe HTML.
 *
 * ``right`` is the right answer by the key if the machine scores the question (``by_machine``). */
interface MarkingSheet {
  before: BeforeQuestion;
  title: string;
  stem: string;
  most: number;
  model: string;
  advice: string;
  by_machine: boolean;
  right: string[];
  lines: RubricLineText[];
}

/** An output of code; a picture has no text. */
interface CodeOutput {
  kind: string;
  text: string;
}

/** Code that was handed in, and what came of running it. */
interface MarkedCode {
  source: string;
  rerun: string;
  outputs: CodeOutput[];
}

/** One person's answer under an opaque id, and its mark; ``sheet`` counts in the sheets, ``words`` in the text.
 *
 * ``why`` says why the machine gave no points, ``of_other`` what is known of the form that offers the answer. */
interface MarkedPerson {
  id: string;
  sheet: number;
  state: string;
  points: number | null;
  automatic: number | null;
  extra: number;
  comment: string | null;
  fingerprint: string;
  lines: Named<string>;
  typed: boolean;
  elsewhere: boolean;
  text: string;
  words: number;
  about: string;
  same: number;
  code: MarkedCode | null;
  empty_cell: boolean;
  why: string;
  of_other: string[];
}

/** Another question of the unit that a person marks; ``by_machine`` only since the machine could not. */
interface OtherQuestion {
  question: string;
  number: number | string;
  waiting: number;
  total: number;
  by_machine: boolean;
}

/** Another unit in which answers wait. */
interface OtherUnit {
  unit: string;
  name: string;
}

/** All answers to one question; a comment comes with the number of people who have it. */
interface MarkingPayload {
  unit: string;
  question: string;
  number: number | string;
  title: string;
  sheets: MarkingSheet[];
  people: MarkedPerson[];
  comments: [string, number][];
  others: OtherQuestion[];
  other_unit: OtherUnit | null;
  only_read: string;
  words: Named<any>;
}
