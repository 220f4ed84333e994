// Types of questions: each folder of questions/types/ registers how its questions are displayed and scored.
import { labelOf } from "./dom.js";

/** @type {Map<string, QuestionType>} */
const VIEWS = new Map();
/** @type {Map<string, Scorer>} */
const SCORERS = new Map();
/** @type {Traits} */
const TRAITS = {
  checked: true, // a button checks the answer of a practice question
  scored: true, // there are points
  fromCode: false, // the answer arrives from a cell, not from the page
  leftOpen: () => false, // the answer lacks a required part
  openRows: () => 0, // how many rows of an answer are empty when it is checked: pointed out once
  rowsOf: () => [], // the rows that need a choice each
  oneWord: false, // a single remark needs no name before it
  nameOf: (question, on) => labelOf(question.options ?? [], on), // the name of what a remark is about
};

// Registers a view; traits: those that differ from TRAITS.
/**
 * @template {Question} Q
 * @param {string} type
 * @param {(question: Q, tools: Tools) => View} view
 * @param {Partial<Traits<Q>>} traits
 */
export function registerView(type, view, traits = {}) {
  VIEWS.set(type, { ...TRAITS, ...traits, view });
}

/** @type {(type: string, scorer: Scorer) => void} */
export function registerScorer(type, scorer) {
  SCORERS.set(type, scorer);
}

/** @type {(question: Question) => QuestionType} */
export function typeOf(question) {
  return registration(VIEWS, question);
}

/** @type {(question: Question) => Scorer} */
export function scorerOf(question) {
  return registration(SCORERS, question);
}

/** @type {(question: Question) => boolean} */
export function isKnown(question) {
  return VIEWS.has(question.type) && SCORERS.has(question.type);
}

/**
 * @template T
 * @param {Map<string, T>} table
 * @param {Question} question
 * @returns {T}
 */
function registration(table, question) {
  if (!table.has(question.type)) throw new Error(`Unknown question type: ${question.type}`);
  return /** @type {T} */ (table.get(question.type));
}
