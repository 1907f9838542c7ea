import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import { plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageRun } from "./data.ts";
import { Paged } from "./paged.tsx";
import { Quotes } from "./quote.tsx";
import { RunLine } from "./run-line.tsx";
import { behaviourWords } from "./words.ts";

/** The runs that show a behaviour, each with what proves it. */
export function ShowingRuns({ behaviour }: { behaviour: string }): JSX.Element {
  const { listed } = useReader();
  return (
    <section class="sub-card">
      <h3>{`${plural(listed.length, "run")} with ${behaviourWords(behaviour)}`}</h3>
      <Paged items={listed} keyOf={({ run_id }) => run_id}>
        {(run) => <Showing run={run} behaviour={behaviour} />}
      </Paged>
    </section>
  );
}

function Showing({ run, behaviour }: { run: PageRun; behaviour: string }): JSX.Element {
  const flag = run.flags.find((one) => one.behaviour === behaviour);
  return (
    <RunLine run={run}>
      {flag && (
        <>
          <p>
            {plainText(flag.reason)}{" "}
            <span class="soft">{`${Math.round(flag.confidence * 100)} % sure, by ${plainText(flag.judged_by)}`}</span>
          </p>
          <Quotes evidence={flag.evidence} />
        </>
      )}
    </RunLine>
  );
}
