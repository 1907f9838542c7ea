import { z } from "zod";

/**
 * ATIF 1.7 as Harbor's validator takes it: unknown keys are refused, step ids count from 1, fields of agents stand on agents' steps only, a
 * result names a call of its own step, and a reference to a sub-agent is that of one embedded.
 * Source: https://github.com/harbor-framework/harbor (rfcs/0001-trajectory-format.md, src/harbor/models/trajectories).
 */
const Extra = z.record(z.string(), z.unknown()).optional();
const Text = z.string().refine((text) => text.isWellFormed(), "half a character");
const Count = z.int().nonnegative().optional();

const Metrics = z.strictObject({
  prompt_tokens: Count,
  completion_tokens: Count,
  cached_tokens: Count,
  cost_usd: z.number().nonnegative().optional(),
  extra: Extra,
});

const ToolCall = z.strictObject({
  tool_call_id: z.string().min(1),
  function_name: z.string().min(1),
  arguments: z.record(z.string(), z.unknown()),
  extra: Extra,
});

const Result = z.strictObject({
  source_call_id: z.string().nullable().optional(),
  content: Text.nullable().optional(),
  subagent_trajectory_ref: z.array(z.strictObject({ trajectory_id: z.string().min(1) })).optional(),
  extra: Extra,
});

const Common = { step_id: z.int().positive(), message: Text, extra: Extra };
const Step = z.discriminatedUnion("source", [
  z.strictObject({ source: z.literal(["user", "system"]), ...Common }),
  z
    .strictObject({
      source: z.literal("agent"),
      ...Common,
      timestamp: z
        .string()
        .refine((time) => !Number.isNaN(Date.parse(time)) && /^\d{4}-\d\d-\d\d/.test(time)),
      reasoning_content: Text.optional(),
      tool_calls: z.array(ToolCall).optional(),
      observation: z.strictObject({ results: z.array(Result) }).optional(),
      metrics: Metrics.optional(),
    })
    .partial({ timestamp: true }),
]);

const FinalMetrics = z.strictObject({
  total_prompt_tokens: Count,
  total_completion_tokens: Count,
  total_cached_tokens: Count,
  total_cost_usd: z.number().nonnegative().optional(),
  total_steps: Count,
});

export const AtifShape = z
  .strictObject({
    schema_version: z.literal("ATIF-v1.7"),
    session_id: z.string().optional(),
    trajectory_id: z.string().min(1),
    agent: z.strictObject({
      name: z.string().min(1),
      version: z.string().min(1),
      model_name: z.string().optional(),
    }),
    steps: z.array(Step).min(1),
    final_metrics: FinalMetrics.optional(),
    extra: Extra,
    get subagent_trajectories(): z.ZodOptional<z.ZodArray<typeof AtifShape>> {
      return z.array(AtifShape).optional();
    },
  })
  .superRefine(({ steps, subagent_trajectories = [] }, context) => {
    const fail = (message: string): void => context.addIssue({ code: "custom", message });
    const embedded = subagent_trajectories.map(({ trajectory_id }) => trajectory_id);
    if (new Set(embedded).size !== embedded.length) fail("two embedded trajectories share an id");
    steps.forEach((step, index) => {
      if (step.step_id !== index + 1) fail(`steps[${index}].step_id is ${step.step_id}`);
      if (step.source !== "agent") return;
      const calls = new Set(step.tool_calls?.map(({ tool_call_id }) => tool_call_id));
      for (const { source_call_id, subagent_trajectory_ref = [] } of step.observation?.results ?? []) {
        if (typeof source_call_id === "string" && !calls.has(source_call_id))
          fail(`steps[${index}]: a result names no call of its step`);
        for (const ref of subagent_trajectory_ref)
          if (!embedded.includes(ref.trajectory_id)) fail(`steps[${index}]: a reference leads nowhere`);
      }
    });
  });
