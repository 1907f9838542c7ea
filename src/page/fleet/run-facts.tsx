import type { JSX } from "preact";
import { countWords, dollarWords, durationWords } from "../shared/format.ts";
import { plainLine, plainText } from "../shared/plain-text.ts";
import type { PageRun } from "./data.ts";
import { agentTitle } from "./words.ts";

/** What is recorded of a run. */
export function RunFactsList({ run }: { run: PageRun }): JSX.Element {
  const facts: [string, string | null][] = [
    ["Outcome", plainText(run.outcome_words)],
    [
      "Agent",
      run.agent_version === null ? agentTitle(run) : `${agentTitle(run)} (${plainLine(run.agent_version)})`,
    ],
    ["Task", run.task === null ? null : plainText(run.task)],
    ["Raw run", plainLine(run.run)],
    ["Read by", plainLine(run.extractor)],
    ["Steps", stepWords(run)],
    ["Began", run.started_at === null ? null : plainLine(run.started_at)],
    ["Took", run.duration_seconds === null ? null : durationWords(run.duration_seconds * 1000)],
    ["Tokens", tokenWords(run)],
    ["Cost", run.cost_usd === null ? null : dollarWords(run.cost_usd)],
    ["Warnings", run.warning_count === 0 ? "none" : countWords(run.warning_count)],
  ];
  return (
    <section class="card">
      <h3>Recorded</h3>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? <span class="soft">not recorded</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function stepWords({ step_count, change_count, failed_step_count }: PageRun): string {
  return `${countWords(step_count)}: ${countWords(change_count)} changed state, ${countWords(failed_step_count)} failed`;
}

function tokenWords({ input_tokens, output_tokens }: PageRun): string | null {
  if (input_tokens === null && output_tokens === null) return null;
  const words = (count: number | null) => (count === null ? "not recorded" : countWords(count));
  return `${words(input_tokens)} in, ${words(output_tokens)} out`;
}
