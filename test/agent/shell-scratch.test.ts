import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Shell } from "../../src/agent/shell.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { tempRun } from "../support/temp-run.ts";
import { SHELLS, shellOver } from "./shells.ts";

for (const { kind, works } of SHELLS) {
  describe.runIf(works)(`from one command to the next in the ${kind} shell`, () => {
    let shell: Shell;
    beforeAll(async () => {
      shell = await shellOver(kind, tempRun({ "a.txt": "a\n" }));
    });
    afterAll(() => shell.dispose());

    it("keeps files, empty folders and what may be run, and nothing else", async () => {
      await shell.run(
        "cd /scratch; mkdir -p empty deep/er; echo é > deep/er/f; echo 'echo ran' > s.sh; chmod +x s.sh; printf 'a\\0b' > zero; ln -s a.txt link; x=1; echo gone > /tmp/t",
      );
      const { output } = await shell.run(
        "find /scratch | sort; cat /scratch/deep/er/f; /scratch/s.sh; wc -c < /scratch/zero; echo [$x]; pwd; ls /tmp",
      );
      expect(output).toBe(
        "/scratch\n/scratch/deep\n/scratch/deep/er\n/scratch/deep/er/f\n/scratch/empty\n/scratch/s.sh\n/scratch/zero\né\nran\n3\n[]\n/run\n",
      );
    });

    it("hands out a file's text, and nothing but files", async () => {
      await shell.run(`printf '{"b": "é"}' > /scratch/report.json; ln -s /etc/passwd /scratch/passwd`);
      const names = ["./report.json", "deep/er/f", "empty", "passwd", "../etc/passwd", "none"];
      expect(names.map((name) => shell.take(name))).toEqual(['{"b": "é"}', "é\n", null, null, null, null]);
    });

    it("hands out a file once", async () => {
      await shell.run("echo one > /scratch/once");
      expect([shell.take("once"), shell.take("once")]).toEqual(["one\n", null]);
      expect((await shell.run("cat /scratch/once")).output).toBe(
        "cat: /scratch/once: No such file or directory\n",
      );
    });

    it("takes what a failed command wrote, and what was removed is gone", async () => {
      expect((await shell.run("echo new > /scratch/a; echo new > /scratch/b; exit 4")).exit_code).toBe(4);
      await shell.run("rm /scratch/a");
      expect([shell.take("a"), shell.take("b")]).toEqual([null, "new\n"]);
    });

    it("runs a long command, and refuses one that is far too long", async () => {
      const text = "0123456789abcdef".repeat(20_000);
      await shell.run(`cat > /scratch/long <<'E'\n${text}\nE`);
      expect(shell.take("long")).toBe(`${text}\n`);
      const refused = await shell.run(`: ${"x".repeat(1_000_000)}`);
      expect(refused).toEqual({
        output: "[not run: a command has at most 1000000 characters]\n",
        exit_code: 126,
        stopped: null,
        elided_chars: 0,
      });
    });

    it("runs one command after another, however they are called", async () => {
      const outputs = await Promise.all(
        ["sleep 0.3; echo 1 >> /scratch/order", "echo 2 >> /scratch/order", "cat /scratch/order"].map(
          async (command) => (await shell.run(command)).output,
        ),
      );
      expect(outputs).toEqual(["", "", "1\n2\n"]);
    });

    it("ends with its signal, and goes on afterwards", async () => {
      const abort = new AbortController();
      const running = shell.run("echo 3 >> /scratch/order; sleep 20", abort.signal);
      setTimeout(() => abort.abort(), 200);
      await expect(running).rejects.toMatchObject({ failure: "aborted" });
      await expect(shell.run("echo 4", abort.signal)).rejects.toBeInstanceOf(ModelError);
      expect((await shell.run("cat /scratch/order")).output).toBe("1\n2\n");
    });

    it("keeps what there was where a command leaves too much", async () => {
      const small = await shellOver(kind, tempRun({}), { scratch_mb: 1 });
      await small.run("echo first > /scratch/a");
      const { output, exit_code } = await small.run(
        "mkdir /scratch/many; for i in $(seq 1001); do : > /scratch/many/$i; done; printf made",
      );
      expect({ output, exit_code }).toEqual({
        output: "made\n[what this command wrote to /scratch is not kept: there are more than 1000 files]\n",
        exit_code: 0,
      });
      expect((await small.run("ls /scratch")).output).toBe("a\n");
      await small.dispose();
    });
  });
}

describe.runIf(SHELLS.some(({ kind, works }) => kind === "bubblewrap" && works))(
  "a command of bubblewrap",
  () => {
    it("that ends its own shell leaves nothing behind", async () => {
      const shell = await shellOver("bubblewrap", tempRun({}));
      await shell.run("echo kept > /scratch/a");
      const result = await shell.run(
        "echo lost > /scratch/a; { kill -9 -1; kill -9 $PPID; } 2>/dev/null; sleep 5",
      );
      expect(result).toEqual({
        output: "[what this command wrote to /scratch is not kept: the command ended its own shell]\n",
        exit_code: 137,
        stopped: null,
        elided_chars: 0,
      });
      expect(shell.take("a")).toBe("kept\n");
    });
  },
);
