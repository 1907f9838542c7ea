export const pipeLog: { fingerprint: Record<string, unknown>; wrong: string; right: string };
