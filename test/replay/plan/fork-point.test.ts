import { describe, expect, it } from "vitest";
import { forkPoint } from "../../../src/replay/plan/index.ts";
import { ran, recording, typed } from "./recording.ts";

const three = [ran("mkdir a"), ran("touch a/b"), ran("rm -r a")];

describe("the fork point", () => {
  it("is the step before the onset", () => {
    expect(forkPoint(recording(three, 3))).toEqual({
      step_id: 2,
      reason: "the last good step before the onset, step 3",
    });
  });

  it("is the start where the first step is the onset", () => {
    expect(forkPoint(recording(three, 1))).toEqual({
      step_id: 0,
      reason: "nothing good comes before the onset, step 1: begin from the start",
    });
  });

  it("is null where there is no onset, and says why", () => {
    expect(forkPoint(recording(three))).toEqual({
      step_id: null,
      reason: "the diagnosis found nothing wrong",
    });
  });

  it("does not part steps that one turn issued", () => {
    const steps = [
      ran("mkdir a"),
      { ...ran("touch b"), parallel_group: 1 },
      { ...ran("rm b"), parallel_group: 1 },
    ];
    expect(forkPoint(recording(steps, 3))).toEqual({
      step_id: 1,
      reason: "the last good step before the onset, step 3; steps 2 to 3 were issued in one turn",
    });
  });

  it("does not lie within a sub-agent's work", () => {
    const child = { agent: "helper", parent_step_id: 2 };
    const steps = [
      ran("mkdir a"),
      ran("ls"),
      { ...ran("touch b"), ...child },
      { ...ran("rm -r a"), ...child },
    ];
    expect(forkPoint(recording(steps, 4))).toEqual({
      step_id: 1,
      reason: "the last good step before the onset, step 4; step 4 is of the sub-agent that step 2 called",
    });
  });

  it("does not lie where an open here-document reads the keys", () => {
    const steps = [
      typed("mkdir a\n"),
      typed("cat > f <<EOF\n"),
      typed("one\n"),
      typed("rm -rf a\n"),
      typed("EOF\n"),
    ];
    expect(forkPoint(recording(steps, 4))).toEqual({
      step_id: 1,
      reason: "the last good step before the onset, step 4; after step 3 the keys went to a here-document",
    });
  });
});
