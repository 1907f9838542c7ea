export * from "../../src/trace/select/fitting.ts";
