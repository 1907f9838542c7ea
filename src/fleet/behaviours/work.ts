import type { IndexedStep } from "../../trajectory/index.ts";
import { toolSpec } from "../../trajectory/index.ts";
import type { RunRead } from "./run-read.ts";
import {
  actionText,
  authoredText,
  baseName,
  changed,
  commandPart,
  type DetectedFinding,
  findLine,
  isCheck,
  isCodeFile,
  isInterrupt,
  isSubmission,
  isWait,
  names,
} from "./trace-face.ts";

const SCRATCH =
  /(?:^|\/)(?:tmp|scratch)\/|(?:^|[/_.-])(?:test|tests|verify|verification|validate|validation|check|debug|repro|reproduce|reproduction|demo|example|sample|try|explore|inspect|analy[sz]e|analysis|diagnose|compare|probe|experiment)\w*(?:[_.-]|$)/i;
const IN_PLACE = /\bsed\s+(?:-\w*\s+)*-\w*i|\bperl\s+-\w*i|\bapply_patch\b|\bgit apply\b|\bpatch\s+-/;
const RUNS =
  /^(?:python[\d.]*|node|deno|bun|ruby|perl|php|java|Rscript|R|julia|lua|ghci|runghc|bash|sh|curl|wget|http|diff|cmp|psql|sqlite3|mysql|redis-cli|coqc|lake|lean|dotnet|uv|poetry|qemu-system-\w+|(?:\.{1,2}|~)?\/\S+)$/;
const PLAIN_LOOK =
  /^(?:cat|head|tail|ls|less|more|nl|wc|stat|file|grep|rg|find|pwd|echo|tree|which|sed|awk)$/;
const PLAIN_ACT =
  /^(?:cd|mkdir|cp|mv|rm|touch|chmod|chown|ln|export|source|\.|kill|pkill|apt|apt-get|pip3?|npm|git|tar|unzip|sleep|true|:|Read|Grep|Glob|LS|Edit|Write|MultiEdit|TodoWrite|str_replace_editor|apply_patch|update_plan|think)$/;
const SAYS_FAILED =
  /[✗✘❌]|\bFAIL(?:ED|URE)?\b|\bFalse\b|\b(?:mismatch\w*|incorrect|wrong|missing|differs?|do(?:es)? not match|not found|no tests (?:to run|ran|found|collected))\b|\bcollected 0 items\b/;
const NO_TESTS = /\bno tests (?:to run|ran|found|collected)\b|\bcollected 0 items\b/;
const TESTS_FAIL =
  /^(?!.*\b0 (?:failed|failures|errors)\b.*\b0 (?:failed|failures|errors)\b).*(?:\b[1-9]\d* (?:tests? )?(?:failed|failures?|failing)\b|\bFAILED \((?:failures|errors)=|\bfailures: [1-9]|\bTests?:\s+[1-9]\d* failed|^--- FAIL|^FAIL\b|^FAILED\b|^ERRORS?: \w|\bnot ok \d|\b[1-9]\d* errors? in [\d.]+s).*$/im;
const TESTS_PASS =
  /^.*(?:\b[1-9]\d* (?:tests? )?(?:passed|passing|pass)\b|\bOK \(\d+ tests|^OK\s*$|\bALL TESTS PASSED\b|\btest result: ok\b|^ok\s+\S+\s+[\d.]+s|\b100% tests passed\b|^PASS\b).*$/im;

/** The agent's own hand changed files here: a tool that writes, a here-document, an edit in place. */
export function isOwnWork(step: IndexedStep): boolean {
  return (
    changed(step) &&
    (step.touches.writes?.length ?? 0) > 0 &&
    (authoredText(step) !== null || IN_PLACE.test(actionText(step)) || isEditTool(step))
  );
}

/** The files of the work that a step writes by hand: without scratch files, unless the task names them. */
export function workFiles(run: RunRead, step: IndexedStep): string[] {
  if (!isOwnWork(step)) return [];
  return (step.touches.writes ?? []).filter((path) => !isScratch(run, path));
}

/** A file for trying and checking, which is no part of what is asked. */
export function isScratch(run: RunRead, path: string): boolean {
  if (run.task !== null && names(run.task, baseName(path))) return false;
  return SCRATCH.test(path);
}

/** A step whose result could tell whether the work is sound: tests, a build, or a program run. */
export function exercises(step: IndexedStep): boolean {
  if (isWait(step) || isInterrupt(step) || isSubmission(step)) return false;
  if (isCheck(step)) return true;
  return runsProgram(step);
}

function runsProgram(step: IndexedStep): boolean {
  if (step.tool !== undefined && toolSpec(step.tool, step.arguments).shell === undefined)
    return /ipython|python/i.test(step.tool);
  const programs = step.touches.programs.filter((program) => !PLAIN_LOOK.test(program));
  return programs.some((program) => RUNS.test(program) || isCodeFile(program));
}

/** A step that runs a program of any kind but the plainest looks and moves. */
export function runsSomething(step: IndexedStep): boolean {
  return (
    exercises(step) ||
    step.touches.programs.some((program) => !PLAIN_LOOK.test(program) && !PLAIN_ACT.test(program))
  );
}

/** Whether what a step exercised went through, as far as can be seen; null = its result was not recorded. */
export function wentThrough(run: RunRead, step: IndexedStep): boolean | null {
  if (step.observation === null) return null;
  if (step.failed) return false;
  return testVerdict(run, step)?.passed ?? true;
}

/** What a step printed holds words or marks for something that is not right, whatever its exit code. */
export function saysFailed(run: RunRead, step: IndexedStep): boolean {
  return SAYS_FAILED.test(run.output(step));
}

/** What a test run's output says, with the line that says it; null = it does not say. */
export function testVerdict(run: RunRead, step: IndexedStep): { passed: boolean; quote: string } | null {
  const parts = run.context.output(step);
  const fails = findLine(parts, TESTS_FAIL);
  if (fails !== null) return { passed: false, quote: fails };
  const passes = NO_TESTS.test(run.output(step)) ? null : findLine(parts, TESTS_PASS);
  return passes === null ? null : { passed: true, quote: passes };
}

/** A check that cannot fail: it hides its failure, always prints success, or runs a script that does so or that tests a copy of the code. */
export function isToothless(run: RunRead, check: IndexedStep): boolean {
  return toothlessness(run, check) !== undefined;
}

/** What the rules tracer found against a check: at the step itself, or where the script that it runs was written. */
export function toothlessness(run: RunRead, check: IndexedStep): DetectedFinding | undefined {
  return run.found("toothless-check").find((one) => {
    if (one.step_id === check.step_id) return true;
    const paths = run.steps[one.step_id - 1]?.touches.writes ?? [];
    return one.step_id < check.step_id && paths.some((path) => mentions(check, path));
  });
}

/** Whether a command names a file by its name or, for code, by its module's name. Text that it writes does not count. */
export function mentions(step: IndexedStep, path: string): boolean {
  const command = commandPart(step);
  const file = baseName(path);
  return names(command, file) || (isCodeFile(file) && names(command, file.replace(/\.\w+$/, "")));
}

function isEditTool(step: IndexedStep): boolean {
  return step.tool !== undefined && /edit|write|patch/.test(toolSpec(step.tool, step.arguments).verb);
}
