/**
 * Usage in all the forms clients send, as one map of whole numbers.
 * Key names: `input`, `output`, `total`, and parts as `input_<part>` and `output_<part>`.
 */
import { isObject } from '#base';

type Counts = Readonly<Record<string, number>>;

export interface Usage {
  readonly usageDetails: Counts | null;
  readonly unit: string | null;
  /** USD from the cost fields of the generic form (`inputCost`, `outputCost`, `totalCost`). */
  readonly providedCost: Counts | null;
}

const NOTHING: Usage = { usageDetails: null, unit: null, providedCost: null };

/** Names of the three main counts: camelCase OpenAI, chat completions, responses. */
const MAIN_NAMES: Readonly<Record<string, string>> = {
  promptTokens: 'input',
  completionTokens: 'output',
  totalTokens: 'total',
  prompt_tokens: 'input',
  completion_tokens: 'output',
  total_tokens: 'total',
  input_tokens: 'input',
  output_tokens: 'output',
};

/** Objects with parts that are already contained in the main count. */
const PART_OBJECTS: Readonly<Record<string, string>> = {
  prompt_tokens_details: 'input',
  completion_tokens_details: 'output',
  input_tokens_details: 'input',
  output_tokens_details: 'output',
};

const COST_FIELDS = { inputCost: 'input', outputCost: 'output', totalCost: 'total' } as const;

/**
 * Normalises the `usage` and `usageDetails` of an event body; `usageDetails` wins over `usage` where both
 * count. Returns `{ error }` with the reason when a number is negative or not whole.
 */
export function toUsageDetails(body: {
  readonly usage?: unknown;
  readonly usageDetails?: unknown;
}): Usage | { readonly error: string } {
  const generic = readGeneric(body.usage);
  if (typeof generic === 'string') return { error: generic };
  const details = readCounts(body.usageDetails);
  if (typeof details === 'string') return { error: details };
  return {
    usageDetails: details ?? generic.usageDetails,
    unit: generic.unit,
    providedCost: generic.providedCost,
  };
}

/**
 * Counts as legacy reads show them: `input` is the sum of keys containing "input", `output` alike, `total` the
 * given total or the sum of everything. Null when there is no usage.
 */
export function toTokenCounts(
  usageDetails: Counts | null,
): { readonly input: number; readonly output: number; readonly total: number } | null {
  if (usageDetails === null) return null;
  let input = 0;
  let output = 0;
  let all = 0;
  for (const [key, count] of Object.entries(usageDetails)) {
    if (key === 'total') continue;
    if (key.includes('input')) input += count;
    else if (key.includes('output')) output += count;
    all += count;
  }
  return { input, output, total: usageDetails['total'] ?? all };
}

function readGeneric(value: unknown): Usage | string {
  if (value === undefined || value === null) return NOTHING;
  if (!isObject(value)) return 'usage: expected an object';
  const { unit, inputCost, outputCost, totalCost, ...counts } = value;
  if (unit !== undefined && unit !== null && typeof unit !== 'string') {
    return 'usage.unit: expected a string';
  }
  const cost = readCost({ inputCost, outputCost, totalCost });
  if (typeof cost === 'string') return cost;
  const usageDetails = readCounts(counts, 'usage');
  if (typeof usageDetails === 'string') return usageDetails;
  const openai = 'promptTokens' in value || 'completionTokens' in value || 'totalTokens' in value;
  return {
    usageDetails,
    unit: (unit as string | null | undefined) ?? (openai ? 'TOKENS' : null),
    providedCost: cost,
  };
}

function readCost(fields: Readonly<Record<string, unknown>>): Counts | null | string {
  const costs: Record<string, number> = {};
  for (const [field, key] of Object.entries(COST_FIELDS)) {
    const amount = fields[field];
    if (amount === undefined || amount === null) continue;
    if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) {
      return `usage.${field}: expected USD, a number that is not negative`;
    }
    costs[key] = amount;
  }
  return Object.keys(costs).length === 0 ? null : costs;
}

function readCounts(value: unknown, field = 'usageDetails'): Counts | null | string {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) return `${field}: expected an object`;
  const counts: Record<string, number> = {};
  const parts: (readonly [main: string, part: string, count: number])[] = [];
  const shaped = Object.keys(value).some((key) => key in MAIN_NAMES || key in PART_OBJECTS);
  for (const [key, count] of Object.entries(value)) {
    if (count === null || count === undefined) continue;
    const main = PART_OBJECTS[key];
    if (main !== undefined && isObject(count)) {
      const error = addParts(parts, main, count, `${field}.${key}`);
      if (error !== undefined) return error;
    } else if (typeof count !== 'number' && shaped) {
      // Vendors add texts and objects to their usage objects (service_tier, server_tool_use); not counts.
      continue;
    } else {
      const error = findCountError(count, `${field}.${key}`);
      if (error !== undefined) return error;
      counts[toKey(key, value)] = count as number;
    }
  }
  return toResult(counts, parts);
}

/** A vendor's name for a main count, unless the map also has the plain name. */
function toKey(key: string, value: Readonly<Record<string, unknown>>): string {
  const main = Object.hasOwn(MAIN_NAMES, key) ? MAIN_NAMES[key] : undefined;
  return main === undefined || main in value ? key : main;
}

function addParts(
  parts: (readonly [string, string, number])[],
  main: string,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string | undefined {
  for (const [part, count] of Object.entries(value)) {
    if (count === null || count === undefined) continue;
    const error = findCountError(count, `${path}.${part}`);
    if (error !== undefined) return error;
    parts.push([main, `${main}_${part}`, count as number]);
  }
  return undefined;
}

function findCountError(count: unknown, path: string): string | undefined {
  if (typeof count !== 'number' || !Number.isSafeInteger(count)) {
    return `${path}: expected a whole number`;
  }
  return count < 0 ? `${path}: expected a number that is not negative` : undefined;
}

function toResult(
  counts: Record<string, number>,
  parts: readonly (readonly [string, string, number])[],
): Counts | null {
  const total = counts['total'];
  for (const [main, key, count] of parts) {
    counts[key] = count;
    const whole = counts[main];
    if (whole !== undefined) counts[main] = Math.max(whole - count, 0);
  }
  const keys = Object.keys(counts);
  if (keys.length === 0) return null;
  if (total === undefined) counts['total'] = keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
  return counts;
}
