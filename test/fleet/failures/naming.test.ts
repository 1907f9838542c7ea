import { describe, expect, it } from "vitest";
import { clusterFailures, nameByModel } from "../../../src/fleet/failures/clusters.ts";
import { clusterName, uniqueNames } from "../../../src/fleet/failures/naming/cluster-name.ts";
import { distinctiveTerms } from "../../../src/fleet/failures/naming/distinctive-terms.ts";
import { namingPrompt } from "../../../src/fleet/failures/naming/name-by-model.ts";
import { createBudget } from "../../../src/model/budget.ts";
import { type ChatModel, type ChatRequest, UNKNOWN_USAGE } from "../../../src/model/model.ts";
import { ModelError } from "../../../src/model/model-error.ts";
import { planted } from "./made-failures.ts";

const { facts } = planted(40, 1);
const clusters = clusterFailures(facts, { resamples: 0, shuffles: 0 });
const signal = new AbortController().signal;

/** A model that always says this. */
function saying(text: string): { model: ChatModel; asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  return {
    asked,
    model: {
      spec: "toy/namer",
      context_tokens: null,
      complete: async (request) => {
        asked.push(request);
        return { text, stop_reason: "end", usage: UNKNOWN_USAGE, cost_usd: null, model: null };
      },
    },
  };
}

async function namesFor(text: string) {
  const { clusters: named, warnings } = await nameByModel(clusters, facts, {
    model: saying(text).model,
    signal,
  });
  return { names: named.clusters.map(({ name, named_by }) => [name, named_by]), warnings };
}

const byTerms = clusters.clusters.map(({ name }) => [name, "terms"]);

describe("naming by a model", () => {
  it("takes names that hold, whatever stands around the JSON", async () => {
    const names = clusters.clusters.map(({ cluster_id }) => ({ cluster_id, name: `Why ${cluster_id}` }));
    const reply = `Here you are:\n\`\`\`json\n${JSON.stringify({ names })}\n\`\`\``;
    expect(await namesFor(reply)).toEqual({
      names: names.map(({ name }) => [name, "toy/namer"]),
      warnings: [],
    });
  });

  it.each<[string, unknown]>([
    ["is too long", "x".repeat(61)],
    ["has a line break", "two\nlines"],
    ["has a control character", "ring\u0007"],
    ["turns the text around", "\u202eevil"],
    ["is empty", " "],
    ["is no text", 7],
  ])("keeps the name from terms where one %s", async (_, name) => {
    const { names, warnings } = await namesFor(JSON.stringify({ names: [{ cluster_id: 1, name }] }));
    expect(names).toEqual(byTerms);
    expect(warnings).toEqual([
      expect.stringContaining(`${byTerms.length} of ${byTerms.length} clusters keep`),
    ]);
  });

  it("gives no two clusters one name, and none to a cluster that is not there", async () => {
    const names = [1, 2, 99].map((cluster_id) => ({ cluster_id, name: "Same" }));
    const found = await namesFor(JSON.stringify({ names }));
    expect(found.names).toEqual([["Same", "toy/namer"], ...byTerms.slice(1)]);
  });

  it.each(["", "no JSON", "{", "[]", '{"names": 3}'])(
    "keeps all names where the reply is %j",
    async (reply) => {
      expect((await namesFor(reply)).names).toEqual(byTerms);
    },
  );

  it("asks once, with the summaries fenced and no task in them", async () => {
    const { model, asked } = saying("{}");
    await nameByModel(clusters, facts, { model, signal });
    expect(asked).toHaveLength(1);
    const [system, user] = asked[0]?.messages ?? [];
    const mark = /<<<data ([0-9a-f]{12}) …/.exec(system?.text ?? "")?.[1] ?? "none";
    const fences = user?.text.split(`<<<data ${mark}\n`).length ?? 0;
    expect(fences).toBe(clusters.clusters.length + 1);
    expect(user?.text).not.toContain("Task:");
    expect(namingPrompt(clusters, facts)).toEqual(asked[0]?.messages);
  });

  it("does not pass the budget", async () => {
    const { model, asked } = saying("{}");
    const budget = createBudget({ cost_usd: null, tokens: 10, calls: null, seconds: null, now: () => 0 });
    const { warnings } = await nameByModel(clusters, facts, { model, signal, budget });
    expect(asked).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("limit on tokens")]);
  });

  it("settles the budget where the model fails", async () => {
    const budget = createBudget({ cost_usd: null, tokens: null, calls: null, seconds: null, now: () => 0 });
    const model: ChatModel = {
      ...saying("").model,
      complete: async () => {
        throw new ModelError("server", "broken");
      },
    };
    await expect(nameByModel(clusters, facts, { model, signal, budget })).rejects.toMatchObject({
      failure: "server",
    });
    expect(budget.spent()).toMatchObject({ calls: 1, tokens: 0, cost_usd: 0 });
  });

  it("does not ask where there are no groups", async () => {
    const { model, asked } = saying("{}");
    await nameByModel(clusterFailures([]), [], { model, signal });
    expect(asked).toEqual([]);
  });
});

describe("naming by terms", () => {
  it("finds what tells clusters from each other", () => {
    const terms = distinctiveTerms([
      ["Errors: missing module: gone", "Errors: missing module: lost"],
      ["Errors: missing rights: gone", "Errors: missing rights: lost"],
    ]);
    expect(terms.map(([first]) => first)).toEqual(["missing module", "missing right"]);
  });

  it.each<[string[], string[], string]>([
    [["missing module"], ["missing", "module numpy", "numpy gone"], "missing module · module numpy"],
    [["missing module"], ["missing module", "edit"], "missing module"],
    [[], ["edit", "edit", "thrown away", "wrote", "read"], "edit · thrown away · wrote"],
    [["x".repeat(80)], [], `${"x".repeat(59)}…`],
    [[], [], "cluster 3"],
    [["a\u001b[31mb\u202e"], [], "ab"],
  ])("makes a name of %j and %j", (clauses, terms, name) => {
    expect(clusterName(clauses, terms, "cluster 3")).toBe(name);
  });

  it("gives no two clusters one name", () => {
    const long = "y".repeat(60);
    expect(uniqueNames(["a", "b", "a", long, long])).toEqual([
      "a",
      "b",
      "a (3)",
      long,
      `${"y".repeat(55)}… (5)`,
    ]);
  });
});
