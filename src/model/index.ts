/** Chat models behind one interface, and what bounds and prices their use. */
export {
  type Budget,
  type BudgetLimit,
  type BudgetLimits,
  createBudget,
  type Expense,
  NOTHING_SPENT,
  type Spent,
} from "./budget.ts";
export { countTokens, estimateTokens } from "./count-tokens.ts";
export { type Endpoint, endpointOf } from "./endpoint.ts";
export {
  type ChatMessage,
  type ChatModel,
  type ChatReply,
  type ChatRequest,
  type TokenUsage,
  UNKNOWN_USAGE,
} from "./model.ts";
export { ModelError, type ModelFailure } from "./model-error.ts";
export { openModel } from "./open-model.ts";
export { MODEL_DEFAULTS, type ModelOptions } from "./options.ts";
export { type Pricer, pricerOf } from "./prices.ts";
export { type ModelSpec, parseModelSpec } from "./spec.ts";
