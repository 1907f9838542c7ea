// An investigator without judgement that opens every stage, notes what looks suspicious, and hands in a report twice: before and after
// the second look. Its replies depend on the messages alone. It is the yardstick for the tokens that an investigation takes.
import { noteLine, notesIn, notesOn, runIn } from "./notes.mjs";
import { handedIn, handIn, lessSure, reportOf, withCommand, withoutRefused } from "./report.mjs";
import { viewsIn } from "./views.mjs";

const NOTES_A_TURN = 4;
const DID_NOT_FIT = /^\[steps ([\d -]+) did not fit/m;

const SECOND_LOOK =
  "I went through the candidates once more. Half of them could not have been foreseen from what the agent had seen by then, so I lower their confidence; the others stand as they are, since the output before them had said what would happen and nothing later undid them.";

/** @param {{role: string, text: string}[]} messages */
export default function reply(messages) {
  const run = runIn(messages);
  const last = messages.at(-1)?.text ?? "";
  const host = ofHost(last);
  if (messages.every(({ role }) => role !== "assistant"))
    return withCommand(opening(run), `steps --stage 1-${run.stageIds.length}`);
  const found = findings(viewsIn(last), run);
  const rest = DID_NOT_FIT.exec(last)?.[1];
  if (rest !== undefined && !/commands are left\. Write/.test(host))
    return withCommand(`${found}\nThe output ended before steps ${rest}: I go on there.`, `steps ${rest}`);
  const report =
    handedIn(messages) ?? reportOf(notesIn([...messages, { role: "assistant", text: found }]), run);
  if (/gets a second look/.test(host)) return handIn(SECOND_LOOK, lessSure(report));
  if (/was not taken/.test(host)) return handIn("I drop what did not hold.", withoutRefused(report, host));
  return handIn(`${found}\nEvery stage has been opened, so I write the report.`, report);
}

/** What the host says itself: all that stands outside its fences. */
function ofHost(text) {
  return text.replace(/<<<data ([0-9a-f]{12})\n[\s\S]*?\n\1 data>>>/g, "");
}

function opening({ stageIds, stepCount }) {
  return `The run has ${stepCount} steps in ${stageIds.length} stages. The tree shows where commands failed, but not why, and the leads are guesses, so I read all stages in order before I judge any of them. I look for changes that go against what the output before them said, for results that are made up, and for work that is submitted unchecked.`;
}

function findings(views, { stepCount }) {
  if (views.length === 0) return "Nothing new was shown.";
  const notes = notesOn(views, { stepCount, most: NOTES_A_TURN });
  const changes = views.filter(({ kind }) => kind === "change").length;
  const failed = views.filter((view) => view.failed).length;
  const read = `I read steps ${views[0].id} to ${views.at(-1).id}: ${changes} of them change something, ${failed} failed.`;
  return `${read} Suspicious so far, with their exact words:\n${notes.map(noteLine).join("\n")}`;
}
