import type { JSX } from "preact";
import { dollarWords, durationWords, shortCount } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import type { PageStep } from "./data.ts";
import { StepLink } from "./step-link.tsx";

/** The small facts of a step. What is not recorded is left out. */
export function StepChips({ step }: { step: PageStep }): JSX.Element {
  return (
    <p class="chips">
      <span class="chip">{step.kind}</span>
      {step.failed && <span class="chip bad">failed</span>}
      {typeof step.exit_code === "number" && (
        <span class={`chip${step.exit_code === 0 ? "" : " bad"}`}>
          {`exit ${step.exit_code}${step.exit_code_source === "inferred" ? ", inferred" : ""}`}
        </span>
      )}
      {facts(step).map((text) => (
        <span key={text} class="chip">
          {plainLine(text)}
        </span>
      ))}
      <Repeat word="repeats" id={step.repeat_of} />
      <Repeat word="almost repeats" id={step.near_repeat_of} />
      <Repeat word="spawned by" id={step.parent_step_id} />
    </p>
  );
}

function Repeat({ word, id }: { word: string; id: number | undefined }): JSX.Element | null {
  if (id === undefined) return null;
  return (
    <span class="chip">
      {word} <StepLink id={id} />
    </span>
  );
}

function facts(step: PageStep): string[] {
  const { tokens, touches } = step;
  const used = [
    tokens?.input === undefined ? "" : `${shortCount(tokens.input)} in`,
    tokens?.cached === undefined ? "" : `${shortCount(tokens.cached)} cached`,
    tokens?.output === undefined ? "" : `${shortCount(tokens.output)} out`,
  ].filter((text) => text !== "");
  return [
    step.tool ?? "",
    step.agent === "main" ? "" : `agent ${step.agent}`,
    step.duration_ms === undefined ? "" : durationWords(step.duration_ms),
    used.length === 0 ? "" : `tokens ${used.join(", ")}`,
    step.cost_usd === undefined ? "" : dollarWords(step.cost_usd),
    step.started_at === undefined ? "" : step.started_at.replace("T", " ").replace(/\.\d+(?=Z|[+-]|$)/, ""),
    step.parallel_group === undefined ? "" : `turn ${step.parallel_group}`,
    ...listed("writes", touches.writes),
    ...listed("deletes", touches.deletes),
    ...listed("reads", touches.reads),
    ...listed("installs", touches.packages),
  ].filter((text) => text !== "");
}

function listed(word: string, names: readonly string[] | undefined): string[] {
  if (names === undefined || names.length === 0) return [];
  return [
    `${word} ${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`,
  ];
}
