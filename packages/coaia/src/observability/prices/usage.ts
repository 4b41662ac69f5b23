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
  return { usageDetails, unit: unit ?? toImpliedUnit(value), providedCost: cost };
}

/** The camelCase form of OpenAI counts tokens and never says so. */
function toImpliedUnit(usage: Readonly<Record<string, unknown>>): string | null {
  const names = ['promptTokens', 'completionTokens', 'totalTokens'];
  return names.some((name) => name in usage) ? 'TOKENS' : null;
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

type Part = readonly [main: string, part: string, count: number];

function readCounts(value: unknown, field = 'usageDetails'): Counts | null | string {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) return `${field}: expected an object`;
  const counts: Record<string, number> = {};
  const parts: Part[] = [];
  for (const [key, count] of listCounts(value)) {
    const main = Object.hasOwn(PART_OBJECTS, key) ? PART_OBJECTS[key] : undefined;
    const error =
      main !== undefined && isObject(count)
        ? addParts(parts, main, count, `${field}.${key}`)
        : addCount(counts, toKey(key, value), count, `${field}.${key}`);
    if (error !== undefined) return error;
  }
  return toResult(counts, parts);
}

/** Members that are counts. Vendors add texts and objects of their own to usage objects of their shape. */
function listCounts(value: Readonly<Record<string, unknown>>): readonly [string, unknown][] {
  const given = Object.entries(value).filter(([, count]) => count !== null && count !== undefined);
  const isVendorShape = given.some(
    ([key]) => Object.hasOwn(MAIN_NAMES, key) || Object.hasOwn(PART_OBJECTS, key),
  );
  return isVendorShape
    ? given.filter(([key, count]) => typeof count === 'number' || Object.hasOwn(PART_OBJECTS, key))
    : given;
}

function addCount(
  counts: Record<string, number>,
  key: string,
  count: unknown,
  path: string,
): string | undefined {
  if (!isCount(count)) return `${path}: expected a whole number that is not negative`;
  counts[key] = count;
  return undefined;
}

/** A vendor's name for a main count, unless the map also has the plain name. */
function toKey(key: string, value: Readonly<Record<string, unknown>>): string {
  const main = Object.hasOwn(MAIN_NAMES, key) ? MAIN_NAMES[key] : undefined;
  return main === undefined || main in value ? key : main;
}

function addParts(
  parts: Part[],
  main: string,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string | undefined {
  for (const [part, count] of Object.entries(value)) {
    if (count === null || count === undefined) continue;
    if (!isCount(count)) return `${path}.${part}: expected a whole number that is not negative`;
    parts.push([main, `${main}_${part}`, count]);
  }
  return undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function toResult(counts: Record<string, number>, parts: readonly Part[]): Counts | null {
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
