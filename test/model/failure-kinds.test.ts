import { describe, expect, it } from "vitest";
import { ErrorAnswer, readAnswer } from "../../src/model/error-answer.ts";
import { classifyAnswer } from "../../src/model/failure-kinds.ts";

const kindOf = (status: number | null, body: unknown) =>
  classifyAnswer(readAnswer(new ErrorAnswer(status, null, body)));

describe("classifyAnswer", () => {
  it.each([
    ["Anthropic", 400, "prompt is too long: 210000 tokens > 200000 maximum"],
    [
      "Anthropic, with the reply",
      400,
      "input length and `max_tokens` exceed context limit: 170636 + 34048 > 200000, decrease input length",
    ],
    [
      "OpenAI",
      400,
      "Your input exceeds the context window of this model. Please adjust your input and try again.",
    ],
    ["vLLM", 400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."],
    ["vLLM, newer", 400, "The decoder prompt (length 5000) is longer than the maximum model length of 4096."],
    [
      "vLLM, reply too long",
      400,
      "'max_tokens' or 'max_completion_tokens' is too large: 2000. This model's maximum context length is 4096 tokens and your request has 2104 input tokens.",
    ],
    [
      "llama.cpp",
      400,
      "request (66202 tokens) exceeds the available context size (65536 tokens), try increasing it",
    ],
    [
      "llama.cpp, older",
      500,
      "the request exceeds the available context size. try increasing the context size",
    ],
    [
      "OpenRouter",
      400,
      "This endpoint's maximum context length is 131072 tokens. However, you requested about 132463 tokens.",
    ],
    [
      "OpenRouter, Poolside",
      400,
      "Input length 131393 exceeds the maximum allowed input length of 131040 tokens.",
    ],
    ["Ollama", 400, "the input length exceeds the context length"],
    [
      "LM Studio",
      400,
      "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
    ],
    ["SGLang", 400, "Requested token count exceeds the model's maximum context length of 202752 tokens."],
    ["TGI", 422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000"],
    [
      "Gemini",
      400,
      "The input token count (1293741) exceeds the maximum number of tokens allowed (1048576).",
    ],
    [
      "Mistral",
      400,
      "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
    ],
    ["xAI", 400, "This model's maximum prompt length is 131072 but the request contains 200000 tokens."],
    ["Bedrock", 400, "Input is too long for requested model."],
    ["Atlas", 400, "Prompt too long: 5152 tokens exceeds max_seq_len 2048 (leave room for output tokens)"],
  ])("knows a prompt that is too long in the words of %s", (_, status, message) => {
    const overflow = { failure: "context_overflow", refused: false, final: true };
    expect(kindOf(status, { error: { message } })).toEqual(overflow);
    expect(kindOf(status, { object: "error", message, code: status })).toEqual(overflow);
    expect(kindOf(status, { error: message })).toEqual(overflow);
    const behind = { code: 400, message: "Provider returned error", metadata: { raw: message } };
    expect(kindOf(null, { error: behind })).toEqual(overflow);
  });

  it.each<[string, number | null, unknown, object]>([
    [
      "the name of an overflow",
      400,
      { error: { code: "context_length_exceeded", message: "x" } },
      { failure: "context_overflow" },
    ],
    ["a request of many bytes", 413, null, { failure: "context_overflow" }],
    [
      "throttling that speaks of tokens",
      429,
      { error: { message: "maximum context length of all requests" } },
      { failure: "rate_limited", final: false },
    ],
    [
      "throttling on the way",
      503,
      { message: "Too many tokens, please wait before trying again." },
      { failure: "server" },
    ],
    [
      "no credit",
      402,
      { error: { message: "Insufficient credits" } },
      { failure: "rate_limited", final: true },
    ],
    [
      "no credit, Anthropic",
      400,
      {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "Your credit balance is too low to access the API.",
        },
      },
      { failure: "rate_limited", final: true },
    ],
    [
      "no quota",
      429,
      { error: { type: "insufficient_quota", code: "insufficient_quota" } },
      { failure: "rate_limited", final: true },
    ],
    [
      "an unknown model, OpenRouter",
      400,
      { error: { code: 400, message: "x/y is not a valid model ID" } },
      { failure: "unknown_model" },
    ],
    [
      "an unknown model, DeepSeek",
      400,
      { error: { message: "Model Not Exist" } },
      { failure: "unknown_model" },
    ],
    [
      "an unknown model, Ollama",
      404,
      { error: { message: "model 'x' not found, try pulling it first" } },
      { failure: "unknown_model" },
    ],
    ["an unknown path", 404, null, { failure: "unknown_model" }],
    ["a request that waited", 408, null, { failure: "timeout" }],
    [
      "an overloaded stream",
      null,
      { type: "error", error: { type: "overloaded_error" } },
      { failure: "server" },
    ],
    ["a proxy's code in a stream", null, { code: 502, message: "gone" }, { failure: "server" }],
    ["a proxy's limit in a stream", null, { code: 429, message: "slow" }, { failure: "rate_limited" }],
    ["nothing in a stream", null, {}, { failure: "server" }],
    [
      "moderation",
      403,
      { error: { message: "This model requires moderation and your input was flagged" } },
      { refused: true },
    ],
    [
      "another 400",
      400,
      { error: { message: "temperature must be below 2" } },
      { failure: "bad_request", refused: false },
    ],
  ])("knows %s", (_, status, body, expected) => {
    expect(kindOf(status, body)).toMatchObject(expected);
  });
});
