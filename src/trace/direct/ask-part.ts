import type { LoopEnd } from "../../agent/loop-types.ts";
import type { ChatMessage, ChatReply } from "../../model/model.ts";
import { acceptReport, checkReport, type ReportContext } from "../investigation/check-report.ts";
import type { Investigation } from "../investigation/investigation.ts";
import { readReport } from "../investigation/read-report.ts";
import type { Report } from "../investigation/report.ts";
import type { Calls } from "./calls.ts";
import { againPrompt } from "./direct-prompt.ts";

/** How often a report is handed back before what is proven of it is accepted. */
const HANDED_BACK_AT_MOST = 2;
/** Shares of the room for steps that are tried in turn when the server finds the prompt too long. */
const ROOM_SHARES = [1, 0.7, 0.45] as const;

/** One prompt's worth of work. */
export interface PartWork {
  /** The prompt with this share of the room for steps. */
  prompt(roomShare: number): Promise<ChatMessage[]>;
  /** What reports are checked against. */
  context: ReportContext;
}

/** What came of one part. null = no report that could be read. */
export interface PartAnswer {
  report: Report | null;
  investigation: Investigation | null;
  end: LoopEnd;
  handed_back: number;
}

/** Asks for the report on a part until one is taken, the model has been told twice what is wrong with it, or a limit is reached. */
export async function askPart(work: PartWork, calls: Calls): Promise<PartAnswer> {
  let room = 0;
  let refused: { reply: string; problems: readonly string[] } | null = null;
  let report: Report | null = null;
  let handed_back = 0;
  const ended = (end: LoopEnd): PartAnswer => {
    const investigation = report === null ? null : acceptReport(report, work.context);
    return { report, investigation, end, handed_back };
  };
  for (;;) {
    const start = await work.prompt(ROOM_SHARES[room] ?? 1);
    const messages = refused === null ? start : againPrompt(start, refused.reply, refused.problems);
    const asked = await calls.ask(messages);
    if ("end" in asked) {
      if (asked.end !== "context" || room === ROOM_SHARES.length - 1) return ended(asked.end);
      room++;
      continue;
    }
    const judged = judge(asked.reply, work.context);
    report = judged.report ?? report;
    if (judged.problems.length === 0) return { ...judged, end: "done", handed_back };
    if (handed_back === HANDED_BACK_AT_MOST) return ended(report === null ? "malformed" : "done");
    calls.note("report_refused", { problems: judged.problems });
    refused = { reply: asked.reply.text, problems: judged.problems };
    handed_back++;
  }
}

interface Judged {
  report: Report | null;
  investigation: Investigation | null;
  problems: readonly string[];
}

function judge(reply: ChatReply, context: ReportContext): Judged {
  const report = readReport(reply.text.replace(THOUGHTS, ""));
  if ("problems" in report) {
    const problems = reply.stop_reason === "length" ? [CUT_OFF] : report.problems;
    return { report: null, investigation: null, problems };
  }
  return { report, ...checkReport(report, context) };
}

/** Some servers leave what a model thinks in front of its answer. */
const THOUGHTS = /^\s*<think>[\s\S]*?<\/think>/;

const CUT_OFF = "The reply ended at its limit before the report did: reason less, and keep the notes short.";
