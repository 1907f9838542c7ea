import { ModelError } from "../../../model/model-error.ts";
import { asArray, asCount, at } from "../../../util/narrow.ts";

/** The vectors of a reply by the places of their texts, null where one is missing. Throws ModelError `malformed_reply` for what are no vectors. */
export function readEmbeddings(reply: unknown, count: number, server: string): (number[] | null)[] {
  const list = at(reply, "data");
  const wrong = (what: string): ModelError =>
    new ModelError(
      "malformed_reply",
      `${server}: ${what}. Check that the server makes embeddings with this model.`,
    );
  if (!Array.isArray(list)) throw wrong("the reply holds no list of vectors");
  const vectors = new Array<number[] | null>(count).fill(null);
  for (const [order, entry] of list.entries()) {
    const place = asCount(at(entry, "index")) ?? order;
    if (place >= count) throw wrong(`the reply holds a vector for a text that was not sent`);
    const values = asArray(at(entry, "embedding"));
    const numbers = values.filter(
      (value): value is number => typeof value === "number" && Number.isFinite(value),
    );
    if (numbers.length === 0 || numbers.length !== values.length)
      throw wrong("a vector of the reply is not a list of numbers");
    vectors[place] = numbers;
  }
  return vectors;
}
