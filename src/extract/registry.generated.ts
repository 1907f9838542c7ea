// Generated from the folders of extractors/ by `npm run gen`. Do not edit.
import { extractor as atif } from "../../extractors/atif/index.ts";
import { extractor as claudeCode } from "../../extractors/claude-code/index.ts";
import { extractor as codex } from "../../extractors/codex/index.ts";
import { extractor as harbor } from "../../extractors/harbor/index.ts";
import { extractor as miniSweAgent } from "../../extractors/mini-swe-agent/index.ts";
import { extractor as openhands } from "../../extractors/openhands/index.ts";
import { extractor as sweAgent } from "../../extractors/swe-agent/index.ts";
import { extractor as terminalBench } from "../../extractors/terminal-bench/index.ts";
import { extractor as terminus2 } from "../../extractors/terminus-2/index.ts";
import { extractor as tracerJournal } from "../../extractors/tracer-journal/index.ts";
import type { Extractor } from "./extractor.ts";

/** Every built-in extractor, by id. */
export const EXTRACTORS: readonly Extractor[] = [
  atif,
  claudeCode,
  codex,
  harbor,
  miniSweAgent,
  openhands,
  sweAgent,
  terminalBench,
  terminus2,
  tracerJournal,
];
