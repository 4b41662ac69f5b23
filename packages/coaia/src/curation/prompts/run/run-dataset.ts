/** A prompt over every item of a dataset: each answer is a trace, and an item of one run. */
import { isCoaiaError, isObject } from '#base';
import type { DatasetItem, PlaygroundAnswer, Prompt } from '@coaia/client';
import { readDatasetItems } from '../../datasets/read-pages.ts';
import type { RunPromptApi } from './ports.ts';
import { toRun } from './to-run.ts';
import type { RunWish } from './to-run.ts';

export interface DatasetWish {
  readonly dataset: string;
  readonly runName: string;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** After each item: how many are done of how many. */
  readonly onItem: (done: number, total: number) => void;
}

/** What became of one item. */
export interface ItemOutcome {
  readonly itemId: string;
  readonly traceId: string | null;
  readonly output: string | null;
  /** US dollars; null when not known. */
  readonly cost: number | null;
  readonly latencyMs: number | null;
  readonly error: string | null;
}

/** Items in the order of the dataset; one that fails does not end the others. */
export async function runDataset(
  api: RunPromptApi,
  prompt: Prompt,
  wish: RunWish,
  target: DatasetWish,
): Promise<readonly ItemOutcome[]> {
  await api.getDataset(target.dataset);
  const items = (await readDatasetItems(api, { datasetName: target.dataset })).toReversed();
  const outcomes: ItemOutcome[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item === undefined || target.signal.aborted) return;
      outcomes[index] = await runItem(api, prompt, toItemWish(wish, item), { item, target });
      target.onItem(++done, items.length);
    }
  };
  await Promise.all(Array.from({ length: target.concurrency }, work));
  target.signal.throwIfAborted();
  return outcomes;
}

/** A text is the input; an object gives variables by name. */
function toItemWish(wish: RunWish, { input }: DatasetItem): RunWish {
  if (typeof input === 'string') return { ...wish, input };
  if (!isObject(input)) return { ...wish, input: JSON.stringify(input) };
  const texts = Object.entries(input).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return { ...wish, variables: { ...wish.variables, ...Object.fromEntries(texts) } };
}

interface ItemTarget {
  readonly item: DatasetItem;
  readonly target: DatasetWish;
}

async function runItem(
  api: RunPromptApi,
  prompt: Prompt,
  wish: RunWish,
  { item, target }: ItemTarget,
): Promise<ItemOutcome> {
  const trace = { name: `${prompt.name} over ${target.dataset}`, tags: ['dataset-run'] };
  let answer: PlaygroundAnswer | undefined;
  try {
    answer = await api.runPrompt({ ...toRun(prompt, wish), trace });
    await api.createDatasetRunItem({
      runName: target.runName,
      datasetItemId: item.id,
      traceId: answer.traceId,
      observationId: answer.observationId,
    });
    return toOutcome(item, answer, findProblem(answer));
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return toOutcome(item, answer, `${error.code}: ${error.message}`);
  }
}

/** Why an answer is none; null when it is one. */
export function findProblem({ content, toolCalls, finishReason, check }: PlaygroundAnswer) {
  if (finishReason === 'content_filter') return 'the model refused';
  if (check?.isValid === false) return `the answer does not fit the schema: ${check.problems[0]}`;
  return content.trim() === '' && toolCalls.length === 0 ? 'the answer is empty' : null;
}

function toOutcome(
  { id }: DatasetItem,
  answer: PlaygroundAnswer | undefined,
  error: string | null,
): ItemOutcome {
  return {
    itemId: id,
    traceId: answer?.traceId ?? null,
    output: answer?.content ?? null,
    cost: answer?.cost ?? null,
    latencyMs: answer?.latencyMs ?? null,
    error,
  };
}
