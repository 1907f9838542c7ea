// Generated from the folders of extractors/ by `npm run gen`. Do not edit.
import { extractor as actionList } from "../../extractors/action-list/index.ts";
import { extractor as aider } from "../../extractors/aider/index.ts";
import { extractor as atif } from "../../extractors/atif/index.ts";
import { extractor as chatMessages } from "../../extractors/chat-messages/index.ts";
import { extractor as claudeCode } from "../../extractors/claude-code/index.ts";
import { extractor as cline } from "../../extractors/cline/index.ts";
import { extractor as codetracerRecord } from "../../extractors/codetracer-record/index.ts";
import { extractor as codex } from "../../extractors/codex/index.ts";
import { extractor as dspyTrajectory } from "../../extractors/dspy-trajectory/index.ts";
import { extractor as geminiCli } from "../../extractors/gemini-cli/index.ts";
import { extractor as harbor } from "../../extractors/harbor/index.ts";
import { extractor as inspectAi } from "../../extractors/inspect-ai/index.ts";
import { extractor as miniSweAgent } from "../../extractors/mini-swe-agent/index.ts";
import { extractor as openhands } from "../../extractors/openhands/index.ts";
import { extractor as otelGenai } from "../../extractors/otel-genai/index.ts";
import { extractor as sweAgent } from "../../extractors/swe-agent/index.ts";
import { extractor as terminalBench } from "../../extractors/terminal-bench/index.ts";
import { extractor as terminus2 } from "../../extractors/terminus-2/index.ts";
import { extractor as tracerJournal } from "../../extractors/tracer-journal/index.ts";
import type { Extractor } from "./extractor.ts";

/** Every built-in extractor, by id. */
export const EXTRACTORS: readonly Extractor[] = [
  actionList,
  aider,
  atif,
  chatMessages,
  claudeCode,
  cline,
  codetracerRecord,
  codex,
  dspyTrajectory,
  geminiCli,
  harbor,
  inspectAi,
  miniSweAgent,
  openhands,
  otelGenai,
  sweAgent,
  terminalBench,
  terminus2,
  tracerJournal,
];
