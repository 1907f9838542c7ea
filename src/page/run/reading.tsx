import type { ComponentChildren, JSX } from "preact";
import type { ExtractionFile } from "../../trajectory/index.ts";
import { countWords, dollarWords, plural } from "../shared/format.ts";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { StepLink } from "./step-link.tsx";

const WARNINGS_SHOWN = 50;
const SIGNS: Readonly<Record<string, string>> = { true: "✓", false: "✗", null: "–" };

/** How the run was read and traced, and what is wrong with either. */
export function Reading(): JSX.Element {
  const { extraction, diagnosis } = useReader().facts.data;
  const { extractor, fidelity, warnings, redactions, files_used: files } = extraction;
  const failed = fidelity.checks.filter((check) => check.passed === false).length;
  return (
    <section class="card reading">
      <h2>How it was read</h2>
      <dl class="facts">
        <Fact name="Read as">
          {`${plainLine(extractor.id)}, confidence ${extractor.confidence.toFixed(2)}: ${plainLine(extractor.reason)}`}
        </Fact>
        <Fact name="Traced by">{tracedBy(diagnosis)}</Fact>
        <Fact name="Redacted">{redactionWords(redactions)}</Fact>
        <Fact name="CodeTracer">{plainLine(extraction.codetracer_version)}</Fact>
      </dl>
      <details class="more" open={!fidelity.passed}>
        <summary>
          {`Fidelity: ${fidelity.passed ? "passed" : `${plural(failed, "check")} failed`}, ${plural(fidelity.checks.length, "check")} in all`}
        </summary>
        <ul class="checks">
          {fidelity.checks.map((check) => (
            <li key={check.name} class={check.passed === false ? "bad-text" : ""}>
              <span aria-hidden="true">{SIGNS[String(check.passed)]}</span>
              <span class="hidden">
                {check.passed === null ? "not checked" : check.passed ? "passed" : "failed"}
              </span>{" "}
              {plainLine(check.name)} <span class="soft">{plainLine(check.detail)}</span>
            </li>
          ))}
        </ul>
      </details>
      <Warnings warnings={warnings} />
      {diagnosis.warnings.map((warning) => (
        <p key={warning} class="warn-text">
          Left undone: {plainLine(warning)}
        </p>
      ))}
      <Injections />
      {files.length > 0 && (
        <details class="more">
          <summary>{`Read from ${plural(files.length, "file")}`}</summary>
          <ul class="mono">
            {files.slice(0, WARNINGS_SHOWN).map((file) => (
              <li key={file}>{plainLine(file)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Warnings({ warnings }: Pick<ExtractionFile, "warnings">): JSX.Element | null {
  if (warnings.length === 0) return null;
  return (
    <details class="more" open>
      <summary class="warn-text">{plural(warnings.length, "warning")}</summary>
      <ul>
        {warnings.slice(0, WARNINGS_SHOWN).map((warning, index) => (
          <li key={`${index} ${warning.message}`}>
            {plainText(warning.message)}{" "}
            {warning.path !== undefined && (
              <span class="soft mono">{`${plainLine(warning.path)}${warning.line === undefined ? "" : `:${warning.line}`}`}</span>
            )}
          </li>
        ))}
      </ul>
      {warnings.length > WARNINGS_SHOWN && (
        <p class="soft">{`and ${warnings.length - WARNINGS_SHOWN} more`}</p>
      )}
    </details>
  );
}

function Injections(): JSX.Element | null {
  const { injections } = useReader().facts.data.diagnosis;
  if (injections.length === 0) return null;
  return (
    <details class="more">
      <summary class="warn-text">
        {`${plural(injections.length, "place")} ${injections.length === 1 ? "holds" : "hold"} text that reads like an order to the reader; it was treated as data`}
      </summary>
      <ul>
        {injections.slice(0, WARNINGS_SHOWN).map((one, index) => (
          <li key={`${index} ${one.quote}`}>
            <StepLink id={one.step_id} />, {one.where}, {plainLine(one.kind)}: <q>{plainLine(one.quote)}</q>
          </li>
        ))}
      </ul>
    </details>
  );
}

function tracedBy(diagnosis: ReturnType<typeof useReader>["facts"]["data"]["diagnosis"]): string {
  const { tracer, model, usage } = diagnosis;
  if (model === null) return `${plainLine(tracer)}, no model asked`;
  const cost = usage.cost_usd === null ? "price unknown" : dollarWords(usage.cost_usd);
  return `${plainLine(tracer)} with ${plainLine(model)}: ${plural(usage.calls, "call")}, ${countWords(usage.input_tokens)} input and ${countWords(usage.output_tokens)} output tokens, ${cost}`;
}

function redactionWords(redactions: ExtractionFile["redactions"]): string {
  if (redactions === null) return "nothing: redaction was switched off, secrets stand as they were recorded";
  const rules = Object.entries(redactions);
  if (rules.length === 0) return "no secrets found";
  const all = rules.reduce((sum, [, count]) => sum + count, 0);
  return `${plural(all, "secret")}: ${rules.map(([rule, count]) => `${plainLine(rule)} ${count}`).join(", ")}`;
}
