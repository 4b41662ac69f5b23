/** How long a text is for a model: counted by its own tokens where those are known. */
import { isObject } from '#base';
import type { TextApi } from '../api.ts';

export interface TokenCounter {
  /** What is counted, for people: `tokens of o200k_base`, `tokens of the server`, `characters`. */
  readonly unit: string;
  /** The most that goes to the model at once, in that unit. */
  readonly limit: number;
  count(text: string): Promise<number>;
}

/** Of OpenAI's models with the smallest window that is still sold (128,000), leaving room for the answer. */
const OPENAI_LIMIT = 100_000;
/** Of a model nobody knows: a window of 8,192 with room for the answer. */
const USUAL_LIMIT = 6000;
/** English has about four characters to a token and many languages fewer; three stays below the window. */
const CHARACTERS_PER_TOKEN = 3;

/**
 * A counter for a model: OpenAI's own encodings for its names, then the server's `/tokenize` (llama.cpp, vLLM),
 * else characters.
 */
export async function openCounter(
  api: TextApi,
  model: string,
  provider: string | undefined,
): Promise<TokenCounter> {
  const encoding = findEncoding(model);
  if (encoding !== undefined) {
    const limit = api.maxInputTokens ?? OPENAI_LIMIT;
    const countTokens = await loadEncoding(encoding);
    return { unit: `tokens of ${encoding}`, limit, count: async (text) => countTokens(text) };
  }
  const known = await askServer(api, model, provider, 'x');
  if (known !== undefined) {
    const limit = api.maxInputTokens ?? known.limit ?? USUAL_LIMIT;
    const count = async (text: string) => {
      const answer = await askServer(api, model, provider, text);
      // A server that counted a moment ago and now does not is taken at its longest.
      return answer?.count ?? Buffer.byteLength(text);
    };
    return { unit: 'tokens of the server', limit, count };
  }
  const limit = (api.maxInputTokens ?? USUAL_LIMIT) * CHARACTERS_PER_TOKEN;
  return { unit: 'characters', limit, count: async (text) => text.length };
}

/** A text of so many bytes is never longer than any limit: a token is a byte at least. */
export function isShort(text: string, { maxInputTokens = USUAL_LIMIT }: TextApi): boolean {
  return Buffer.byteLength(text) <= maxInputTokens;
}

type Encoding = 'o200k_base' | 'cl100k_base';

/** The encoding of OpenAI's models by their names; undefined for others. */
export function findEncoding(model: string): Encoding | undefined {
  const name = model.replace(/^(?:ft:|openai\/)/, '');
  if (/^gpt-(?:3\.5|4(?![.\do]))/.test(name)) return 'cl100k_base';
  return /^(?:gpt-|chatgpt-|o\d)/.test(name) ? 'o200k_base' : undefined;
}

async function loadEncoding(encoding: Encoding): Promise<(text: string) => number> {
  const { countTokens } =
    encoding === 'o200k_base'
      ? await import('gpt-tokenizer/encoding/o200k_base')
      : await import('gpt-tokenizer/encoding/cl100k_base');
  // Words such as <|endoftext|> in a text are text.
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => cutRuns(text).reduce((total, piece) => total + countTokens(piece, options), 0);
}

/**
 * Merging takes time by the square of a run without a space, so runs of more than 1,000 characters are cut: each
 * cut counts one token too many at most.
 */
function cutRuns(text: string): readonly string[] {
  const ends = [...text.matchAll(/\S{1000}|\s{1000}/gu)].map((run) => run.index + run[0].length);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

interface ServerCount {
  readonly count: number;
  readonly limit: number | undefined;
}

async function askServer(
  api: TextApi,
  model: string,
  provider: string | undefined,
  text: string,
): Promise<ServerCount | undefined> {
  const address = await api.tokenize(provider);
  if (address === undefined) return undefined;
  try {
    const answer = await api.fetch(address.url, {
      method: 'POST',
      headers: { ...address.headers, 'content-type': 'application/json' },
      // llama.cpp reads content, vLLM prompt.
      body: JSON.stringify({ model, content: text, prompt: text }),
    });
    return answer.ok ? toCount(await answer.json()) : undefined;
  } catch {
    // Most servers have no such address; what matters is the call that follows.
    return undefined;
  }
}

function toCount(body: unknown): ServerCount | undefined {
  if (!isObject(body)) return undefined;
  const { count, tokens, max_model_len: longest } = body;
  const found = typeof count === 'number' ? count : Array.isArray(tokens) ? tokens.length : null;
  if (found === null) return undefined;
  return {
    count: found,
    limit: typeof longest === 'number' ? Math.floor(longest * 0.75) : undefined,
  };
}
