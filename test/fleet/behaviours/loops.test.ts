import { describe, expect, it } from "vitest";
import { change, failure, look, type StepSketch } from "../../support/steps.ts";
import { judged, looks, seen } from "./judged.ts";

const MAKE = failure("make all", "ld: cannot find -lfoo\nmake: *** [all] Error 1");
const LONG = "x".repeat(300);

describe("retry-loop", () => {
  it("is the same failure three times with nothing done about it", () => {
    const flag = judged("retry-loop", [
      MAKE,
      ...looks(1),
      { ...MAKE, action: "cd /app && make all 2>&1 | tail -5" },
      MAKE,
    ]);
    expect(seen(flag)).toEqual([true, [1, 3, 4]]);
    expect(flag.evidence).toContainEqual({ step_id: 4, where: "action", quote: "make all" });
    expect(flag.reason).toContain("fails 3 times");
  });

  it("is not two failures, nor failures with a change in between, nor failures of other kinds", () => {
    const other = failure("make all", "make: *** No rule to make target 'all'. Stop.");
    const mended = change("apt-get install -y libfoo-dev", { observation: "done" });
    expect(seen(judged("retry-loop", [MAKE, MAKE, ...looks(1)]))).toEqual([false, []]);
    expect(judged("retry-loop", [MAKE, mended, MAKE, mended, MAKE]).present).toBe(false);
    expect(judged("retry-loop", [MAKE, other, MAKE, other]).present).toBe(false);
  });

  it("cannot be judged from actions alone", () => {
    expect(judged("retry-loop", [change("a b"), change("c d"), change("e f")]).present).toBeNull();
  });
});

describe("tool-loop", () => {
  const hang = look("tmux capture-pane -p", "$ ./solve\n[12:00] waiting for input");

  it("is one action four times with the same return but for numbers", () => {
    const later = { ...hang, observation: "$ ./solve\n[12:07] waiting for input" };
    expect(seen(judged("tool-loop", [hang, later, hang, later]))).toEqual([true, [1, 2, 3, 4]]);
  });

  it("is a row of actions refused for their form", () => {
    const refused = (action: string): StepSketch =>
      failure(action, `bash: line 1: ${"`"}: command not found`);
    const flag = judged("tool-loop", [refused(":a"), refused(":b"), refused(":c"), refused(":d")]);
    expect(seen(flag)).toEqual([true, [1, 2, 3, 4]]);
  });

  it("is not testing after each change, nor waiting for a job, nor reading one file after another", () => {
    const edit = change("sed -i s/a/b/ x.py", { touches: { writes: ["x.py"] } });
    const test = look("pytest -q", "1 failed");
    const poll = look('BashOutput {"bash_id":"1"}', "still installing", { tool: "BashOutput" });
    expect(judged("tool-loop", [test, edit, test, edit, test, edit, test]).present).toBe(false);
    expect(judged("tool-loop", [poll, poll, poll, poll, poll]).present).toBe(false);
    expect(judged("tool-loop", looks(8)).present).toBe(false);
  });
});

describe("memory-drift", () => {
  const missing = failure("python run.py", "ModuleNotFoundError: No module named 'pytz'");
  const read = (name: string): StepSketch =>
    look(`cat ${name}`, `${name} ${LONG}`, { touches: { reads: [name] } });

  it("is running into what had been shown to be missing five steps before", () => {
    const again = failure("python check.py", "ModuleNotFoundError: No module named 'pytz'");
    expect(seen(judged("memory-drift", [missing, ...looks(6), again]))).toEqual([true, [8]]);
    expect(judged("memory-drift", [...looks(6), missing, again]).present).toBe(false);
  });

  it("is looking up three things again that had been shown in full", () => {
    const three = [read("a.py"), read("b.py"), read("c.py")];
    expect(seen(judged("memory-drift", [...three, ...looks(3), ...three]))).toEqual([true, [7, 8, 9]]);
  });

  it("is not looking again at what was changed", () => {
    const three = [read("a.py"), read("b.py"), read("c.py")];
    const edit = change("sed -i s/1/2/ a.py b.py c.py && sed -i s/2/1/ a.py b.py c.py");
    expect(judged("memory-drift", [...three, ...looks(3), edit, ...three]).present).toBe(false);
  });
});
