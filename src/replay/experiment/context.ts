import type { ExperimentSettings } from "./settings.ts";

/** The user's commands, split into words, placeholders still in them. */
export interface Commands {
  agent: readonly string[];
  check: readonly string[];
  /** null = none. */
  setup: readonly string[] | null;
}

/** What an attempt needs beside the settings. */
export interface AttemptContext {
  settings: ExperimentSettings;
  commands: Commands;
  /** The environment that commands get. */
  env: Readonly<Record<string, string | undefined>>;
  experiment_id: string;
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
}
