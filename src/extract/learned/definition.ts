import { z } from "zod";

const GLOB = /^[\w. *?/-]+$/;
const MAX_STARS = 3;
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Whether a glob is one that can be matched quickly and marks something: no `**`, no way out of the folder, two literal characters or more. */
function isSharpGlob(glob: string): boolean {
  const segments = glob.split("/");
  return (
    GLOB.test(glob) &&
    segments.every((one) => one !== "" && one !== "." && one !== ".." && !one.includes("**")) &&
    segments.every((one) => (one.match(/\*/g)?.length ?? 0) <= MAX_STARS) &&
    glob.replace(/[*?./\s]/g, "").length >= 2
  );
}

const GlobSchema = z
  .string()
  .max(120)
  .refine(isSharpGlob, "only names with * and ? and at least two other characters, folders with /, no **");

/** How the raw text is escaped, so that a place in it can be compared with what was read from it. */
export const EscapesSchema = z.enum(["none", "json", "xml", "csv"]);
export type Escapes = z.infer<typeof EscapesSchema>;

/** A literal text of the raw files that stands there once for each executed action: counted by the host, it checks the reader. */
export const MarkerSchema = z.object({
  text: z
    .string()
    .min(2)
    .max(100)
    .regex(/^[^\n\r]*$/, "within one line"),
  files: GlobSchema.optional().describe("files of a run directory that it is counted in; default: all"),
});
export type Marker = z.infer<typeof MarkerSchema>;

/** Where runs of a learned format lie, as the model writes it in `fingerprint.json` and as it stands in the record. */
export const LearnedFormatSchema = z
  .object({
    id: z.string().max(40).regex(ID, "kebab-case, such as my-agent"),
    title: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[\p{L}\p{N} ._+()/-]+$/u, "letters, digits and spaces"),
    directories: z.array(GlobSchema).max(8).optional(),
    files: z
      .array(GlobSchema.refine((glob) => !glob.includes("/"), "a file name without /"))
      .max(8)
      .optional(),
    contents: z
      .string()
      .min(1)
      .max(300)
      .regex(/^[^\p{Cc}]*$/u, "one line"),
    escapes: EscapesSchema.default("json"),
    marker: MarkerSchema.nullable().default(null),
  })
  .refine(
    (format) => (format.directories ?? []).length + (format.files ?? []).length > 0,
    "give directories or files: globs of what marks a run",
  );
export type LearnedFormat = z.infer<typeof LearnedFormatSchema>;
