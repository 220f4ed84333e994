// Types of questions: each folder of questions/types/ registers how its questions are shown and scored.
import { labelOf } from "./dom.js";

const VIEWS = new Map();
const SCORERS = new Map();
const TRAITS = {
  checked: true, // a button checks the answer of a practice question
  scored: true, // there are points
  fromCode: false, // the answer arrives from a cell, not from the page
  leftOpen: () => false, // (question, answer): the answer lacks a part that is asked for
  rowsOf: () => [], // (question): the rows in each of which something is to be chosen
  oneWord: false, // one remark says all: it needs no name before it
  nameOf: (question, on) => labelOf(question.options ?? [], on), // what a remark is on
};

// view(question, tools) returns {body, read(checking), show(answer), mark(remarks)}; traits: those of TRAITS that differ.
export function registerView(type, view, traits = {}) {
  VIEWS.set(type, { ...TRAITS, ...traits, view });
}

// scorer(question, answer, day) returns what scored() makes.
export function registerScorer(type, scorer) {
  SCORERS.set(type, scorer);
}

export function typeOf(question) {
  return registered(VIEWS, question);
}

export function scorerOf(question) {
  return registered(SCORERS, question);
}

export function isKnown(question) {
  return VIEWS.has(question.type) && SCORERS.has(question.type);
}

function registered(table, question) {
  if (!table.has(question.type)) throw new Error(`Unknown question type: ${question.type}`);
  return table.get(question.type);
}
