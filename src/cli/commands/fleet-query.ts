import os from "node:os";
import path from "node:path";
import { type AnswerPart, answerCsv, askFleet, jsonRow, renderAnswer } from "../../fleet/query/index.ts";
import { type ExitCode, type Io, outputWidth } from "../io.ts";
import { wholeNumber } from "../numbers.ts";

/** Flags of `fleet query`. */
export interface QueryFlags {
  json?: boolean;
  csv?: boolean;
  rows: string;
  maxSeconds: string;
  maxMemory: string;
}

/** `codetracer fleet query`: one question in SQL. */
export async function fleetQuery(folder: string, sql: string, flags: QueryFlags, io: Io): Promise<ExitCode> {
  const printer = flags.json ? jsonPrinter(io) : flags.csv ? csvPrinter(io) : tablePrinter(io);
  const options = {
    rows: printer.isWhole ? null : wholeNumber("--rows", flags.rows),
    seconds: wholeNumber("--max-seconds", flags.maxSeconds, { most: 86_400 }),
    memory_mb: wholeNumber("--max-memory", flags.maxMemory, { least: 64 }),
    threads: Math.max(1, Math.min(4, os.availableParallelism())),
    signal: io.signal,
  };
  await askFleet(path.resolve(io.cwd, folder), sql, options, printer.take);
  printer.end();
  return 0;
}

interface Printer {
  /** Whether every row is printed. */
  isWhole: boolean;
  take(part: AnswerPart): void;
  end(): void;
}

function tablePrinter(io: Io): Printer {
  let whole: AnswerPart | null = null;
  return {
    isWhole: false,
    take: (part) => {
      whole = whole === null ? part : { ...part, rows: [...whole.rows, ...part.rows] };
    },
    end: () => {
      if (whole !== null) io.stdout.write(renderAnswer(whole, { width: outputWidth(io) }));
    },
  };
}

function csvPrinter(io: Io): Printer {
  let isFirst = true;
  return {
    isWhole: true,
    take: ({ columns, rows }) => {
      io.stdout.write((isFirst ? answerCsv(columns) : "") + rows.map(answerCsv).join(""));
      isFirst = false;
    },
    end: () => {},
  };
}

function jsonPrinter(io: Io): Printer {
  let isFirst = true;
  return {
    isWhole: true,
    take: ({ columns, rows }) => {
      for (const row of rows) {
        io.stdout.write(`${isFirst ? "[" : ","}\n${jsonRow(columns, row)}`);
        isFirst = false;
      }
    },
    end: () => io.stdout.write(isFirst ? "[]\n" : "\n]\n"),
  };
}
