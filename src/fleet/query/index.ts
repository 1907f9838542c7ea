/** Questions in SQL to the tables of a fleet. */
export { type AnswerPart, type AskOptions, askFleet, type JsonValue } from "./ask.ts";
export { answerCsv, jsonRow, renderAnswer } from "./render.ts";
