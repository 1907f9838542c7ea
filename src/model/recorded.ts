import { CodeTracerError } from "../util/errors.ts";
import type { ChatModel } from "./model.ts";
import { ModelError } from "./model-error.ts";
import { absolutePath } from "./paths.ts";
import { addReply, openRecording, readHead, readRecorded, requestDigest } from "./recording-folder.ts";

/**
 * The same model with every reply written to a folder, which `recorded:<folder>` answers from. Replies only: of a request its digest is kept.
 * Throws CodeTracerError `bad_argument` where the folder holds another model's, `unreadable` where it cannot be made.
 */
export function recording(model: ChatModel, folder: string): ChatModel {
  openRecording(folder, { spec: model.spec, context_tokens: model.context_tokens });
  return {
    ...model,
    async complete(request) {
      const reply = await model.complete(request);
      addReply(folder, requestDigest(request), reply);
      return reply;
    },
  };
}

/**
 * A model that answers what was recorded, usage and cost included, and nothing else (ModelError `not_recorded`). Asked the same again, it gives
 * the next repetition, the last one from then on. Throws CodeTracerError `bad_argument` where the folder is no recording.
 */
export function createRecordedModel(written: string, { cwd }: { cwd: string }): ChatModel {
  const folder = absolutePath(written, cwd);
  const head = readHead(folder);
  if (head === null) {
    const what = `${written} holds no recorded replies; make some with --record ${written}`;
    throw new CodeTracerError("bad_argument", what, { path: folder });
  }
  const asked = new Map<string, number>();
  return {
    spec: `recorded:${written}`,
    context_tokens: head.context_tokens,
    async complete(request) {
      if (request.signal.aborted) throw new ModelError("aborted", "the call was interrupted");
      const digest = requestDigest(request);
      const before = asked.get(digest) ?? 0;
      const next = readRecorded(folder, digest, before + 1);
      if (next !== null) asked.set(digest, before + 1);
      const reply = next ?? (before === 0 ? null : readRecorded(folder, digest, before));
      if (reply === null) throw notRecorded(written, digest);
      return reply;
    },
  };
}

function notRecorded(folder: string, digest: string): ModelError {
  return new ModelError(
    "not_recorded",
    `${folder} has no reply for this prompt (${digest.slice(0, 12)}); prompts, limits or the run have changed since: record again with --record`,
  );
}
