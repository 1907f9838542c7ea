export type { SandboxDefinition } from "./definition.ts";
export { DEFAULT_LIMITS, type SandboxLimits } from "./limits.ts";
export { sandboxExtractor } from "./sandbox-extractor.ts";
