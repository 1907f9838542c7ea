import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { runGuest } from "./guest.ts";
import {
  type HostMessage,
  type ReadAnswer,
  SLOTS,
  type WorkerMessage,
  type WorkerStart,
} from "./protocol.ts";

const { wasm, signal, port } = workerData as WorkerStart;

port.on("message", (message: HostMessage) => {
  if (message.kind !== "call") return;
  void runGuest(message.call, wasm, (request) => {
    const seen = Atomics.load(signal, SLOTS.host);
    tell({ kind: "read", request });
    return answerAfter(seen);
  }).then((result) => {
    if ("json" in result) tell({ kind: "done", json: result.json });
    else tell({ kind: "failed", failure: result.failure });
  });
});
tell({ kind: "ready" });

function tell(message: WorkerMessage): void {
  port.postMessage(message);
  Atomics.add(signal, SLOTS.worker, 1);
  Atomics.notify(signal, SLOTS.worker);
}

/** Waits without end: the other side ends this thread at the limit. */
function answerAfter(seen: number): ReadAnswer {
  for (let last = seen; ; last = Atomics.load(signal, SLOTS.host)) {
    const received = receiveMessageOnPort(port)?.message as HostMessage | undefined;
    if (received?.kind === "answer") return received.answer;
    Atomics.wait(signal, SLOTS.host, last);
  }
}
