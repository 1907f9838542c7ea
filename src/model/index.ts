/** Chat models behind one interface, and what bounds their use. */
export { createBudget, NO_EXPENSE } from "./budget.ts";
export { type ChatModel, UNKNOWN_USAGE } from "./model.ts";
export { openModel } from "./open-model.ts";
export type { ModelOptions } from "./options.ts";
