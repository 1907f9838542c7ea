import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import type { SharedTask, SharedTasks } from "./comparison.ts";
import { Paged } from "./paged.tsx";
import { RunLine } from "./run-line.tsx";
import { runTitle } from "./words.ts";

/** The tasks in common: which side solves what the other does not, with the runs. */
export function CompareTasks({ shared }: { shared: SharedTasks }): JSX.Element | null {
  const { tasks, firstBetter, secondBetter, alike } = shared;
  if (tasks.length === 0) return null;
  const both = alike.filter(({ firstShare }) => firstShare > 0).length;
  return (
    <section class="card">
      <h2>{`${plural(tasks.length, "task")} in common`}</h2>
      <div
        class="task-bar"
        role="img"
        aria-label={`${firstBetter.length} better in A, ${alike.length} alike, ${secondBetter.length} better in B`}
      >
        <span class="side-a-fill" style={{ flexGrow: firstBetter.length }} />
        <span class="alike-fill" style={{ flexGrow: alike.length }} />
        <span class="side-b-fill" style={{ flexGrow: secondBetter.length }} />
      </div>
      <p>
        {`A does better on ${firstBetter.length}, B on ${secondBetter.length}; alike on ${alike.length}, of which ${both} are solved.`}
      </p>
      <Side title="A does better" tasks={firstBetter} />
      <Side title="B does better" tasks={secondBetter} />
    </section>
  );
}

function Side({ title, tasks }: { title: string; tasks: readonly SharedTask[] }): JSX.Element | null {
  if (tasks.length === 0) return null;
  return (
    <details class="more" open={tasks.length <= 6}>
      <summary>{`${title}: ${plural(tasks.length, "task")}`}</summary>
      <Paged items={tasks} keyOf={({ task_key }) => task_key}>
        {(task) => <Task task={task} />}
      </Paged>
    </details>
  );
}

function Task({ task }: { task: SharedTask }): JSX.Element {
  const [run] = task.first;
  return (
    <div class="task">
      {run && <b>{runTitle(run)}</b>}
      {(["first", "second"] as const).map((side) =>
        task[side].map((one) => (
          <div key={`${side} ${one.run_id}`} class={`of-side side-${side === "first" ? "a" : "b"}`}>
            <b>{side === "first" ? "A" : "B"}</b>
            <RunLine run={{ ...one, task: null }} />
          </div>
        )),
      )}
    </div>
  );
}
