import { printable } from "../../report/printable.ts";
import type { FileOperation, TextEdit } from "./file-operation.ts";
import { mappedText, mark, type PathMap } from "./path-map.ts";
import type { Act, PlannedStep, ReplayPlan } from "./plan.ts";
import { DANGERS } from "./risk.ts";
import { FRAME } from "./script-frame.ts";
import { FRAME_PROGRAMS } from "./script-programs.ts";
import { putLines, quoted } from "./script-text.ts";

/** How a script is written. */
export interface ScriptOptions {
  /** Absolute path of the run, where nothing is ever executed; null = not known. */
  run_directory: string | null;
  /** Recorded paths that commands find in the folder of the replay instead, by rewriting their text. */
  maps: readonly PathMap[];
  /** Steps with a risk that reaches further are to be done by hand. */
  only_safe: boolean;
}

/**
 * A bash script that does the steps of a plan again. Without `--execute <folder>` it prints what it would do. Recorded text stands in it as data; only a
 * recorded command ever goes to a shell.
 */
export function replayScript(plan: ReplayPlan, options: ScriptOptions): string {
  const marked = options.maps.length > 0 ? mark(plan) : "";
  const lines = [
    "#!/usr/bin/env bash",
    `# Rebuilds the state of a recorded run ${stateWords(plan)}. Written by codetracer ${plan.codetracer_version}.`,
    `# ${printable(plan.run)}`,
    "# It runs what a coding agent ran. Read it before you execute it, and execute it where nothing can be lost.",
    "set -euo pipefail",
    "",
    `run_directory=${quoted(options.run_directory ?? "")}`,
    `mapped=${quoted(marked)}`,
    ...Object.entries(FRAME_PROGRAMS).map(([name, program]) => `${name}=${quoted(program)}`),
    FRAME,
    ...options.maps
      .filter(({ within }) => within !== ".")
      .map(({ within }) => `if [ -n "$workdir" ]; then mkdir -p "$workdir"/${quoted(within)}; fi`),
    ...plan.steps.flatMap((step) => stepLines(step, marked, options)),
    `printf '\\n%s\\n' "── ${plan.steps.length === 0 ? "nothing to do" : "that is all"}"`,
  ];
  return `${lines.join("\n")}\n`;
}

function stateWords({ to_step_id }: ReplayPlan): string {
  return to_step_id === null || to_step_id === 0 ? "at its start" : `after step ${to_step_id}`;
}

function stepLines(step: PlannedStep, marked: string, options: ScriptOptions): string[] {
  const { exit_code, source } = step.expected;
  const expected =
    source === "recorded" && exit_code !== null && step.act.form === "shell" ? String(exit_code) : "?";
  const known = step.act.form === "files" ? "0" : expected;
  const risks = step.risks.map(({ kind }) => kind).join(", ");
  const leaves = leavesFolder(step, options.maps);
  return [
    `if begin ${step.step_id} ${quoted(printable(step.name))} ${quoted(known)} ${quoted(risks)}; then`,
    ...(leaves === null ? [] : [`leaves ${quoted(printable(leaves))}`]),
    ...bodyLines(actToWrite(step, options.only_safe), step, (text) => mappedText(text, options.maps, marked)),
    "finish",
    "fi",
    "",
  ];
}

const REACHING: ReadonlySet<string> = new Set(["deletes outside", "root rights"]);

/** What a step touches that lies outside of the folder of the replay, where nothing confines it; null = nothing that is known. */
function leavesFolder(
  { act, directory, files, risks }: PlannedStep,
  maps: readonly PathMap[],
): string | null {
  if (act.form !== "shell" && act.form !== "files") return null;
  const isInside = (path: string): boolean =>
    !/^(?:\/|~|\.\.)/.test(path) ||
    path.startsWith("/dev/") ||
    maps.some(({ recorded }) => path === recorded || path.startsWith(`${recorded}/`));
  const place = [directory, ...files].find((path) => path !== "" && !isInside(path));
  if (place !== undefined) return place;
  const reaching = risks.find(({ kind }) => REACHING.has(kind));
  return reaching === undefined ? null : `${reaching.kind} ${reaching.detail}`.trim();
}

/** What `only_safe` leaves of an act. */
export function actToWrite({ act, risks }: PlannedStep, onlySafe: boolean): Act {
  const dangers = risks.filter(({ kind }) => DANGERS.has(kind)).map(({ kind }) => kind);
  if (!onlySafe || dangers.length === 0 || (act.form !== "shell" && act.form !== "files")) return act;
  return {
    form: "manual",
    reason: `only safe steps are to be run, and this one has risks: ${dangers.join(", ")}`,
  };
}

function bodyLines(act: Act, step: PlannedStep, map: (text: string) => string): string[] {
  switch (act.form) {
    case "nothing":
      return [`left_out ${quoted(printable(act.reason))}`];
    case "part":
      return [`left_out ${quoted(`its keys are run with step ${act.completed_by}`)}`];
    case "manual":
      return [`by_hand ${quoted(printable(act.reason))}`];
    case "shell":
      return [
        `go_to ${quoted(map(step.directory))}`,
        ...putLines("command", map(act.background ? `{ ${act.command}\n} > /dev/null 2>&1 &` : act.command)),
        `run_command ${step.keeps_session ? quoted(sessionName(step.agent)) : "''"}`,
      ];
    case "files":
      return [
        `go_to ${quoted(map(step.directory))}`,
        ...act.operations.flatMap((one, index) => operationLines(one, index, map)),
      ];
  }
}

/** A name for files: an agent's own name may hold anything. */
function sessionName(agent: string): string {
  return agent === "main" ? "main" : Buffer.from(agent).toString("hex").slice(0, 60);
}

function operationLines(operation: FileOperation, index: number, map: (text: string) => string): string[] {
  const path = quoted(map(operation.path));
  const guard = index === 0 ? "" : '[ "$code" != 0 ] || ';
  switch (operation.operation) {
    case "write":
    case "append":
      return [
        ...putLines(`text-${index}`, operation.content),
        `${guard}${operation.operation}_file ${path} text-${index}`,
      ];
    case "delete":
      return [`${guard}delete_file ${path}`];
    case "move":
      return [`${guard}move_file ${path} ${quoted(map(operation.to))}`];
    case "edit": {
      const edits = operation.edits.map((edit, at) => editLines(edit, `text-${index}-${at}`));
      return [
        ...edits.flatMap(({ puts }) => puts),
        `${guard}edit_file ${path} ${edits.map(({ words }) => words).join(" ")}`,
      ];
    }
  }
}

function editLines(edit: TextEdit, name: string): { puts: string[]; words: string } {
  switch (edit.kind) {
    case "once":
    case "all":
    case "lines":
      return {
        puts: [...putLines(`${name}-old`, edit.old), ...putLines(`${name}-new`, edit.new)],
        words: `${edit.kind} ${name}-old ${name}-new`,
      };
    case "insert":
      return { puts: putLines(name, edit.text), words: `insert ${edit.after_line} ${name}` };
    case "seek":
    case "add":
      return { puts: putLines(name, edit.text), words: `${edit.kind} ${name}` };
  }
}
