/** Does the steps of a plan again where the user says, and compares what they give with the recording. */
export { inBubblewrap, whyNoBubblewrap } from "./bubblewrap.ts";
export type { Confinement } from "./confinement.ts";
export { inContainer, whyNoContainer } from "./container.ts";
export { executeReplay } from "./execute-replay.ts";
export { planDigest, type ReplaySetup } from "./open-replay.ts";
export { renderReplayEnd, renderReplayedStep } from "./render-replay.ts";
export { REPLAY_FILE, type ReplayFile } from "./replay-file.ts";
export { unconfined } from "./unconfined.ts";
export { openWorkFolder, type WorkFolder } from "./work-folder.ts";
