/** The tracers, and what is made of a diagnosis. */
export { toLabelsFile } from "./labels-file.ts";
export {
  createModelTracer,
  type ModelTraceInput,
  type ModelTracer,
  type ModelTracerSettings,
  type RunMemory,
} from "./model-tracer.ts";
export { type TraceInput, traceWithRules } from "./rules/index.ts";
export { rulesFittedOn } from "./rules/model/fitted-on.ts";
export { selectorFittedOn } from "./select/index.ts";
