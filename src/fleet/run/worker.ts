import { finishRun, readRuns, type Task } from "./tasks.ts";

/** Entry of a worker thread of a fleet: one task in, plain data out. */
export default async function work(task: Task): Promise<unknown> {
  return task.do === "read" ? await readRuns(task.job) : finishRun(task);
}
