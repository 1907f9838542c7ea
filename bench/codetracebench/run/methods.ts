import { CodeTracerError, diagnose, type Label, type ModelTracer } from "../../../src/index.ts";
import { rulesCodeDigest } from "./code-digest.ts";
import { DETECTOR_METHODS, rulesByHand } from "./detector-methods.ts";
import { type Method, NO_USAGE } from "./method.ts";
import { modelMethod } from "./model-method.ts";

const METHODS: Readonly<Record<string, () => Method>> = {
  rules,
  "rules-by-hand": rulesByHand,
  ...DETECTOR_METHODS,
};

/** Stands for every detector alone. */
const ALL_DETECTORS = "detectors";

/** Methods that ask a model. */
const MODEL_METHODS = ["agent", "direct"] as const;

/** Makes the tracer of that name, as the caller has set it. */
export type TracerMaker = (name: ModelTracer["name"]) => ModelTracer;

/** Whether one of these methods asks a model. */
export function asksModel(names: readonly string[]): boolean {
  return names.some((name) => MODEL_METHODS.some((one) => one === name));
}

/**
 * The methods of these names, each once. `tracers` makes those that ask a model; null = there is none. Throws CodeTracerError
 * `bad_argument` for an unknown one.
 */
export function methodsNamed(names: readonly string[], tracers: TracerMaker | null = null): Method[] {
  const wanted = names.flatMap((name) => (name === ALL_DETECTORS ? Object.keys(DETECTOR_METHODS) : [name]));
  return [...new Set(wanted)].map((name) => {
    const asking = MODEL_METHODS.find((one) => one === name);
    if (asking && tracers) return modelMethod(tracers(asking));
    const make = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (make) return make();
    throw new CodeTracerError(
      "bad_argument",
      `no method named ${name}; there are ${[...MODEL_METHODS, ...Object.keys(METHODS), ALL_DETECTORS].join(", ")}`,
    );
  });
}

/** The rules tracer as it ships. */
function rules(): Method {
  return {
    name: "rules",
    config: rulesCodeDigest(),
    offline: true,
    estimate: () => NO_USAGE,
    predict: ({ workspace }) => {
      const { labels, onset_step_id, usage } = diagnose(workspace).diagnosis;
      const ids = (wanted: Label["label"]): number[] =>
        labels.filter(({ label }) => label === wanted).map(({ step_id }) => step_id);
      return {
        incorrect_step_ids: ids("incorrect"),
        unuseful_step_ids: ids("unuseful"),
        onset_step_id,
        usage,
      };
    },
  };
}
