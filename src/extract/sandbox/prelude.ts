/**
 * What stands in the interpreter before the extractor: evaluated first, it takes what it needs out of the guest's
 * reach and gives a function that makes the call. JavaScript, since the guest runs it.
 */
export const PRELUDE = `(function (host, focus, row) {
"use strict";
const { parse, stringify } = JSON;
const { freeze } = Object;
const toText = String;
const toNumber = Number;
const PromiseClass = Promise;
const ErrorClass = Error;

class ReadError extends ErrorClass {}
ReadError.prototype.name = "ReadError";

const RealDate = Date;
function TimelessDate(...args) {
  if (args.length === 0 || !new.target) throw new TypeError("no clock");
  return Reflect.construct(RealDate, args, new.target);
}
TimelessDate.UTC = RealDate.UTC;
TimelessDate.parse = RealDate.parse;
TimelessDate.prototype = RealDate.prototype;
RealDate.prototype.constructor = TimelessDate;
globalThis.Date = TimelessDate;
delete Math.random;

function ask(operation, name, number) {
  const answer = host(operation, toText(name), number === undefined ? -1 : toNumber(number));
  if (typeof answer === "number") throw new ReadError(host("why", "", -1));
  return answer;
}
const value = (operation, name) => {
  const text = ask(operation, name);
  return text === null ? undefined : parse(text);
};
const text = (operation, name, number) => {
  const found = ask(operation, name, number);
  return found === null ? undefined : found;
};
function* stream(operation, name) {
  const id = ask(operation, name);
  try {
    for (let chunk = ask("next", id); chunk !== null; chunk = ask("next", id)) {
      const entries = parse(chunk);
      for (let at = 0; at < entries.length; at++) yield entries[at];
    }
  } finally {
    ask("close", id);
  }
}
const run = freeze({
  root: "",
  focus,
  row: row < 0 ? null : row,
  list: (glob) => parse(glob === undefined ? ask("list", "") : ask("glob", glob)),
  has: (name) => value("has", name),
  size: (name) => value("size", name),
  isLfsPointer: (name) => value("isLfsPointer", name),
  head: (name, bytes) => text("head", name, bytes),
  text: (name) => text("text", name),
  json: (name) => value("json", name),
  tryJson: (name) => value("tryJson", name),
  lineAt: (name, line) => text("lineAt", name, line),
  lines: (name) => stream("open_lines", name),
  jsonl: (name) => stream("open_jsonl", name),
});

function part(error, key) {
  try {
    return toText(error[key]).slice(0, 2000);
  } catch {
    return "";
  }
}
function described(error) {
  let isError = false;
  try {
    isError = error instanceof ErrorClass;
  } catch {}
  if (!isError) return '!{"what":"no_error"}';
  const [name, message, stack] = [part(error, "name"), part(error, "message"), part(error, "stack")];
  return "!" + stringify({ what: "threw", name, message, stack });
}
return function call(extractor, name) {
  try {
    const made = extractor[name];
    if (typeof made !== "function") return '!{"what":"missing"}';
    const result = made(run);
    if (result instanceof PromiseClass) return '!{"what":"promise"}';
    const json = stringify(result);
    return typeof json === "string" ? json : '!{"what":"nothing"}';
  } catch (error) {
    return described(error);
  }
};
})`;
