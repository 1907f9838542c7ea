/** What kind of failures a fleet's runs are, and what they have in common. */
export { failureOf } from "./failure-of.ts";
