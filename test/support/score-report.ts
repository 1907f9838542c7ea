import type { PublishedFigure } from "../../bench/codetracebench/published.ts";
import { SCORE_DEFINITIONS, STRATUM_SCORES } from "../../bench/codetracebench/score/definitions.ts";
import type {
  Comparison,
  MethodReport,
  MethodRole,
  RowReport,
  Score,
  ScoreReport,
  Stratum,
} from "../../bench/codetracebench/score/report-types.ts";

/** A score with an interval around it; null = undefined. */
export function score(value: number | null, rows = 22): Score {
  if (value === null) return { value, interval: null, rows };
  const low = Math.max(0, value - 0.11);
  return { value, interval: { low, high: value + 0.12, undefined_resamples: 0 }, rows };
}

interface MethodIdea {
  method: string;
  role: MethodRole;
  macro: number;
  flagged: number;
  clean: number;
  title?: string;
  matched_to?: string;
  repetitions?: number;
}

/** A made-up method whose figures follow from a few. */
export function methodReport(idea: MethodIdea): MethodReport {
  const { method, role, macro, flagged, clean, repetitions = 1 } = idea;
  const values: Record<string, Score> = {};
  for (const { key, unit } of SCORE_DEFINITIONS)
    values[key] = score(unit === "steps" ? flagged : macro * 0.9);
  const scores = {
    ...values,
    official_f1: score(macro * 0.579, 38),
    positive_macro_precision: score(macro * 1.1),
    positive_macro_recall: score(macro * 0.95),
    positive_macro_f1: score(macro),
    solved_empty_flagged: { ...score(clean, 3), interval: null },
    unuseful_f1: role === "method" ? score(0.05, 9) : score(null, 9),
  } as MethodReport["scores"];
  return {
    method,
    title: idea.title ?? method,
    role,
    matched_to: idea.matched_to ?? null,
    repetitions,
    missing: 0,
    scores,
    tolerance: [0, 1, 2, 3, 4, 5].map((within) => {
      const at = score(macro + (0.9 - macro) * (1 - 0.8 ** within));
      return {
        within,
        macro_precision: at,
        macro_recall: at,
        macro_f1: at,
        micro_precision: at,
        micro_recall: at,
        micro_f1: at,
      };
    }),
    agreement:
      repetitions > 1 && role === "method" ? { mean_jaccard: 0.47, identical_rows: 0.211, rows: 38 } : null,
    usage: {
      predictions: 38 * repetitions,
      calls: method.startsWith("agent") ? 933 : 0,
      input_tokens: method.startsWith("agent") ? 12_616_000 : 0,
      output_tokens: method.startsWith("agent") ? 410_200 : 0,
      cost_usd: method.startsWith("agent") ? null : 0,
      unpriced: method.startsWith("agent") ? 76 : 0,
      seconds: method.startsWith("agent") ? 4120.5 : 3.42,
    },
    prompt_tokens: method.startsWith("agent")
      ? [{ steps: "all", predictions: 76, mean_calls: 12.3, median: 150_000, p95: 310_500.5, most: 400_000 }]
      : [],
  };
}

const METHODS: readonly MethodReport[] = [
  methodReport({ method: "rules", role: "method", macro: 0.274, flagged: 2.4, clean: 1 / 3 }),
  methodReport({
    method: "agent/large-model",
    role: "method",
    macro: 0.331,
    flagged: 3.7,
    clean: 2 / 3,
    repetitions: 2,
  }),
  methodReport({
    method: "last",
    role: "constant",
    macro: 0.091,
    flagged: 1,
    clean: 1,
    title: "flag the last step",
  }),
  methodReport({ method: "n-3..n-1", role: "constant", macro: 0.151, flagged: 3, clean: 1 }),
  methodReport({
    method: "window -7..-4",
    title: "-7..-4: best swept on these rows, in hindsight",
    role: "swept",
    macro: 0.203,
    flagged: 4,
    clean: 1,
  }),
  methodReport({
    method: "random:rules",
    title: "as many steps as rules, anywhere, mean of 100 draws",
    role: "random",
    macro: 0.062,
    flagged: 2.4,
    clean: 1 / 3,
    matched_to: "rules",
    repetitions: 100,
  }),
  methodReport({
    method: "random:agent/large-model",
    title: "as many steps as agent/large-model, anywhere, mean of 100 draws",
    role: "random",
    macro: 0.071,
    flagged: 3.7,
    clean: 2 / 3,
    matched_to: "agent/large-model",
    repetitions: 100,
  }),
];

const COMPARISONS: readonly Comparison[] = [
  {
    a: "rules",
    b: "n-3..n-1",
    reason: "named",
    rows: 22,
    f1_difference: 0.123,
    f1_difference_interval: { low: 0.012, high: 0.241, undefined_resamples: 0 },
    permutation: { p: 0.041, p_holm: null, clusters: 14, exact: true },
    mcnemar: { p: 0.109, p_holm: null, both: 4, only_a: 8, only_b: 3, neither: 7 },
  },
  {
    a: "agent/large-model",
    b: "window -7..-4",
    reason: "best_swept",
    rows: 22,
    f1_difference: -0.018,
    f1_difference_interval: null,
    permutation: { p: 0.0004, p_holm: 0.0012, clusters: 17, exact: false },
    mcnemar: null,
  },
];

const PUBLISHED: readonly PublishedFigure[] = [
  {
    source: "arXiv 2604.11641",
    method: "CodeTracer as published",
    model: "GPT-5",
    population: "instances that every method covers",
    rows: null,
    macro_f1: 0.48,
    steps_flagged: null,
    tokens_per_run: 31_100,
    calls: null,
    not_comparable: "other rows, which are not named; only those that every method covers",
  },
  {
    source: "a re-run by others",
    method: "one prompt a run",
    model: "glm-5.2",
    population: "32 mini-SWE rows",
    rows: 32,
    official_f1: 0.15,
    micro_precision: 0.253,
    micro_recall: 0.4,
    micro_f1: 0.31,
    agreement: 0.47,
    steps_flagged: null,
    tokens_per_run: null,
    calls: 64,
    not_comparable: "other rows, of one agent family only",
  },
];

/** One made-up row; what is not given is a failed run of 30 steps with gold at 12 to 14. */
export function rowReport(given: Partial<RowReport> & { traj_id: string }): RowReport {
  const gold = given.gold_incorrect ?? [12, 13, 14];
  return {
    agent: "mini-SWE-agent",
    model: "Anthropic/Claude-Sonnet-4",
    task_name: given.traj_id.replace(/^row-/, ""),
    category: "software-engineering",
    difficulty: "medium",
    solved: false,
    step_count: 30,
    class: gold.length > 0 ? "positive" : given.solved === true ? "solved_empty" : "unlabelled",
    gold_incorrect: gold,
    gold_unuseful: [],
    unuseful_known: false,
    gold_spans: [],
    predictions: [
      said("rules", 1, [13, 14, 21]),
      said("agent/large-model", 1, [12]),
      said("agent/large-model", 2, [25]),
      said("last", 1, [30]),
    ],
    ...given,
  };
}

function said(
  method: string,
  repetition: number,
  incorrect: readonly number[],
): RowReport["predictions"][number] {
  return {
    method,
    repetition,
    incorrect,
    unuseful: [],
    onset: incorrect[0] ?? null,
    f1: 0.5,
    missing: false,
  };
}

const ROWS: readonly RowReport[] = [
  rowReport({ traj_id: "row-build-linux-kernel-qemu" }),
  rowReport({ traj_id: "row-attention-mil", gold_incorrect: [3] }),
  rowReport({ traj_id: "row-speech-to-text", agent: "Terminus2", gold_incorrect: [], solved: true }),
  rowReport({
    traj_id: "row-heterogeneous-dates",
    agent: "Terminus2",
    gold_incorrect: [],
    solved: true,
    predictions: [said("rules", 1, [])],
  }),
  rowReport({ traj_id: "row-git-multibranch", agent: "Terminus2", gold_incorrect: [], step_count: 112 }),
  rowReport({ traj_id: "row-oom", solved: null, predictions: [{ ...said("rules", 1, []), missing: true }] }),
];

const STRATA: readonly Stratum[] = [
  stratum("agent", "mini-SWE-agent", 18, 11, 2),
  stratum("agent", "Terminus2", 20, 11, 1),
  stratum("category", "(not published)", 38, 22, 3),
  stratum("step_count", "≤25", 12, 8, 2),
  stratum("step_count", ">100", 5, 3, 0),
];

function stratum(
  dimension: Stratum["dimension"],
  value: string,
  rows: number,
  positive: number,
  clean: number,
): Stratum {
  const methods = METHODS.map(({ method, scores }) => ({
    method,
    scores: Object.fromEntries(STRATUM_SCORES.map((key) => [key, scores[key]])),
  }));
  return {
    dimension,
    value,
    rows,
    positive,
    solved_empty: clean,
    unlabelled: rows - positive - clean,
    methods,
  };
}

/** A made-up report with every part filled. */
export function scoreReport(given: Partial<ScoreReport> = {}): ScoreReport {
  return {
    seed: 7,
    resamples: 2000,
    level: 0.95,
    rows: {
      given: 40,
      refused: 2,
      refused_share: 0.05,
      scored: 38,
      positive: 22,
      solved_empty: 3,
      unlabelled: 13,
      unuseful_known: 9,
      tasks: 27,
      official_ceiling: 22 / 38,
    },
    methods: METHODS,
    comparisons: COMPARISONS,
    strata: STRATA,
    published: PUBLISHED,
    row_table: ROWS,
    refusals: [
      { traj_id: "row-cut-off", reason: "misaligned", detail: "58 steps, and the manifest says 60" },
      { traj_id: "row-gone", reason: "no_artifact", detail: "artifact_path is null" },
    ],
    ...given,
  };
}

/** A report without a single scored row. */
export function emptyReport(): ScoreReport {
  const rows = {
    given: 0,
    refused: 0,
    scored: 0,
    positive: 0,
    solved_empty: 0,
    unlabelled: 0,
    unuseful_known: 0,
    tasks: 0,
  };
  return scoreReport({
    rows: { ...rows, refused_share: null, official_ceiling: null },
    methods: [],
    comparisons: [],
    strata: [],
    published: [],
    row_table: [],
    refusals: [],
  });
}
