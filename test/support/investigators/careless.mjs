// An investigator that first labels a step it has not opened, with words that stand nowhere, and forgets stages. It mends its report by
// what the host says about it: opens what was not opened, quotes what it saw, names every stage.
import { noteLine, notesIn, notesOn, runIn } from "./notes.mjs";
import { handedIn, handIn, reportOf, withCommand, withoutRefused } from "./report.mjs";
import { viewsIn } from "./views.mjs";

const FIRST_STEPS = "1-2";
const NOT_OPENED = /steps? ([\d, -]+?) (?:was|were) not opened/g;

/** @param {{role: string, text: string}[]} messages */
export default function reply(messages) {
  const run = runIn(messages);
  const last = messages.at(-1)?.text ?? "";
  const replies = messages.filter(({ role }) => role === "assistant").length;
  if (replies === 0) return withCommand("A glance at the beginning will do.", `steps ${FIRST_STEPS}`);
  const views = viewsIn(last).map((view) => ({ ...view, kind: "change" }));
  const seen = notesOn(views, { ...run, most: 10 })
    .map(noteLine)
    .join("\n");
  if (replies === 1) return handIn(`${seen}\nThe end must be wrong.`, careless(run));
  const missing = [...last.matchAll(NOT_OPENED)].map(([, steps]) => steps.replaceAll(",", ""));
  if (missing.length > 0)
    return withCommand("I had not opened what I labelled.", `steps ${missing.join(" ")}`);
  const mended = replies > 2 ? handedIn(messages) : undefined;
  if (mended !== undefined) {
    const refused = /was not taken/.test(last);
    return handIn("I keep what holds.", refused ? withoutRefused(mended, last) : mended);
  }
  const notes = notesIn([...messages, { role: "assistant", text: seen }]);
  return handIn(`${seen}\nThis time with its own words.`, reportOf(notes, run));
}

function careless({ stepCount, stageIds }) {
  const notes = [
    { id: 1, score: 50, failed: false, quote: "words that stand in no step of any run" },
    { id: stepCount, score: 90, failed: true, quote: "an output that nobody has seen" },
  ];
  return reportOf(notes, { stepCount, stageIds: stageIds.slice(0, -1) });
}
