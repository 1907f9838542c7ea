// An investigator without judgement for the one-prompt tracer: reads the steps of the prompt and replies with a report.
import { notesOn } from "./notes.mjs";
import { handedIn, reportOf, withoutRefused } from "./report.mjs";
import { viewsIn } from "./views.mjs";

const ALL = 1000;

/** @param {{role: string, text: string}[]} messages */
export default function reply(messages) {
  const text = messages.find(({ role }) => role === "user")?.text ?? "";
  const stepCount = Number(/(\d+) steps? in \d+ stages?/.exec(text)?.[1] ?? 1);
  const stageIds = [...text.matchAll(/^=== stage (\d+), /gm)].map(([, id]) => Number(id));
  const report =
    handedIn(messages) ?? reportOf(notesOn(viewsIn(text), { stepCount, most: ALL }), { stepCount, stageIds });
  const last = messages.at(-1)?.text ?? "";
  const mended = /was not taken/.test(last) ? withoutRefused(report, last) : report;
  return `I read all steps. What looks wrong are late changes that failed or were repeated.\n\n\`\`\`json\n${JSON.stringify(mended, null, 1)}\n\`\`\`\n`;
}
