import { createHash } from "node:crypto";
import { type Budget, NO_EXPENSE } from "../../../model/budget.ts";
import { countTokens } from "../../../model/count-tokens.ts";
import type { ChatMessage, ChatModel } from "../../../model/model.ts";
import type { RunFacts } from "../../../trajectory/index.ts";
import { fenced, fenceMark } from "../../../util/fence.ts";
import { prompt } from "../../../util/prompt.ts";
import { summaryWithoutTask } from "../text/summary.ts";
import type { FailureClusters } from "../types.ts";
import { readNames } from "./read-names.ts";

const SUMMARY_CHARS = 700;
const MAX_OUTPUT_TOKENS = 4_000;

/** What naming needs. */
export interface NamingOptions {
  model: ChatModel;
  signal: AbortSignal;
  /** Shared with other calls; left out = no limit. */
  budget?: Budget;
}

/** The clusters with the names that hold, and what did not. */
export interface Named {
  clusters: FailureClusters;
  warnings: string[];
}

/**
 * Lets a model name the clusters in one call. A name counts if it is one printable line of at most 60 characters that no other cluster has; else
 * the name from terms stays and a warning says so. Throws ModelError where there is no reply.
 */
export async function nameByModel(
  clusters: FailureClusters,
  facts: readonly RunFacts[],
  { model, signal, budget }: NamingOptions,
): Promise<Named> {
  if (clusters.verdict === "none" || clusters.clusters.length === 0) return { clusters, warnings: [] };
  const messages = namingPrompt(clusters, facts);
  const tokens = (await countTokens(messages.map(({ text }) => text).join("\n"))) + MAX_OUTPUT_TOKENS;
  const usage = {
    input_tokens: tokens - MAX_OUTPUT_TOKENS,
    cached_input_tokens: 0,
    cache_write_input_tokens: 0,
    output_tokens: MAX_OUTPUT_TOKENS,
    reasoning_tokens: 0,
  };
  const estimate = { tokens, cost_usd: model.priceOf?.(usage) ?? null };
  const limit = budget?.reserve(estimate) ?? null;
  if (limit !== null)
    return {
      clusters,
      warnings: [`the clusters keep their names from terms: naming them would pass the limit on ${limit}`],
    };
  let spent = NO_EXPENSE;
  try {
    const reply = await model.complete({ messages, max_output_tokens: MAX_OUTPUT_TOKENS, signal });
    const { input_tokens, output_tokens } = reply.usage;
    spent = {
      tokens: input_tokens === null || output_tokens === null ? null : input_tokens + output_tokens,
      cost_usd: reply.cost_usd,
    };
    return named(clusters, reply.text, reply.model ?? model.spec);
  } finally {
    budget?.settle(estimate, spent);
  }
}

function named(clusters: FailureClusters, text: string, by: string): Named {
  const ids = clusters.clusters.map(({ cluster_id }) => cluster_id);
  const names = readNames(text, ids);
  const without = ids.filter((id) => !names.has(id));
  return {
    clusters: {
      ...clusters,
      clusters: clusters.clusters.map((cluster) => {
        const name = names.get(cluster.cluster_id);
        return name === undefined ? cluster : { ...cluster, name, named_by: by };
      }),
    },
    warnings:
      without.length === 0
        ? []
        : [
            `${without.length} of ${ids.length} clusters keep their names from terms: the model gave none, or one that is too long, not printable or not its own`,
          ],
  };
}

/** The chat that asks for names. Deterministic. */
export function namingPrompt(clusters: FailureClusters, facts: readonly RunFacts[]): ChatMessage[] {
  const summaries = new Map(facts.map(({ run_id, failure }) => [run_id, failure?.summary ?? ""]));
  const nonce = createHash("sha256")
    .update(
      JSON.stringify(
        clusters.clusters.map(({ terms, exemplar_run_ids }) => [
          terms,
          exemplar_run_ids.map((id) => summaries.get(id)),
        ]),
      ),
    )
    .digest("hex")
    .slice(0, 12);
  const groups = clusters.clusters.map(({ cluster_id, size, stages, terms, exemplar_run_ids }) =>
    [
      `## Group ${cluster_id}: ${size} runs; ${stages.map(({ value, runs }) => `${value ?? "unknown"} ${runs}`).join(", ")}`,
      fenced(
        [
          `terms: ${terms.join(", ")}`,
          ...exemplar_run_ids.map(
            (id) =>
              `member:\n${summaryWithoutTask(summaries.get(id) ?? "")
                .slice(0, SUMMARY_CHARS)
                .toWellFormed()}`,
          ),
        ].join("\n\n"),
        nonce,
      ),
    ].join("\n"),
  );
  return [
    { role: "system", text: prompt("failures/system", { mark: fenceMark(nonce) }) },
    { role: "user", text: prompt("failures/groups", { count: groups.length, groups: groups.join("\n\n") }) },
  ];
}
