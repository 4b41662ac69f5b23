/** A summary of a text of any length. */
import { createObservationId, createTraceId, systemClock } from '#base';
import type { ChatTrace } from '#models';
import type { ChatAnswer, ChatMessage } from '@coaia/client';
import type { TextApi } from '../api.ts';
import type { ChosenModel } from '../choose-model.ts';
import { cutText } from '../tokens/cut-text.ts';
import { isShort, openCounter } from '../tokens/token-counter.ts';
import type { TokenCounter } from '../tokens/token-counter.ts';
import { toSpanEvents, toTraceEvents } from './trace-events.ts';

export interface SummaryWish {
  readonly text: string;
  /** What the model is told. */
  readonly instruction: string;
  readonly chosen: ChosenModel;
  readonly trace: ChatTrace;
  readonly signal: AbortSignal;
  /** A sentence for people about what happens. */
  readonly onNotice: (sentence: string) => void;
  /** Parts of the final answer. */
  readonly onText?: ((text: string) => void) | undefined;
}

export interface Summary {
  readonly answer: ChatAnswer;
  /** Parts the text was cut into; 1 when it went as a whole. */
  readonly parts: number;
  readonly calls: number;
  /** The trace that all calls stand in. */
  readonly traceId: string;
}

/** One call for what a model takes at once; else one for each part and one for the parts' summaries together. */
export async function summarize(api: TextApi, wish: SummaryWish): Promise<Summary> {
  const { chosen, text } = wish;
  if (!isShort(text, api)) {
    const counter = await openCounter(api, chosen.model, chosen.provider);
    const length = await counter.count(text);
    if (length > counter.limit) return summarizeParts(api, wish, counter, length);
  }
  const answer = await ask(api, wish, text, {});
  return { answer, parts: 1, calls: 1, traceId: answer.traceId };
}

async function summarizeParts(
  api: TextApi,
  wish: SummaryWish,
  counter: TokenCounter,
  length: number,
): Promise<Summary> {
  const pieces = await cutText(wish.text, counter);
  wish.onNotice(
    `The text has ${length} ${counter.unit}, more than the ${counter.limit} that go to the model at once: it is summarized in ${pieces.length} parts.`,
  );
  const traceId = wish.trace.traceId ?? createTraceId();
  const spanId = createObservationId();
  const facts = { traceId, spanId, trace: wish.trace, startedAt: systemClock() };
  await api.record(toTraceEvents(facts, wish.text, pieces.length, counter.unit));
  const within = { ...wish, trace: { ...wish.trace, traceId, parentId: spanId } };
  try {
    const summaries: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      const note = `This is part ${index + 1} of ${pieces.length} of a longer text; summarize this part.`;
      const { content } = await ask(api, { ...within, onText: undefined }, piece, {
        note,
        name: `part ${index + 1}`,
      });
      summaries.push(content);
    }
    const { answer, calls } = await joinSummaries(api, within, counter, summaries);
    await api.record(toSpanEvents(facts, { output: answer.content }));
    return { answer, parts: pieces.length, calls: pieces.length + calls, traceId };
  } catch (error) {
    await api.record(toSpanEvents(facts, { error })).catch(() => undefined);
    throw error;
  }
}

/** Summaries that are still too long together are summarized in groups first. */
async function joinSummaries(
  api: TextApi,
  wish: SummaryWish,
  counter: TokenCounter,
  summaries: readonly string[],
): Promise<{ readonly answer: ChatAnswer; readonly calls: number }> {
  const joined = summaries.join('\n\n');
  const groups = summaries.length > 1 ? await cutText(joined, counter) : [joined];
  const isEnd = groups.length === 1 || groups.length >= summaries.length;
  const note =
    'The text is a row of summaries of the parts of one text, in order. Write one summary of the whole.';
  if (isEnd) return { answer: await ask(api, wish, joined, { note, name: 'whole' }), calls: 1 };
  const shorter: string[] = [];
  for (const group of groups)
    shorter.push((await ask(api, { ...wish, onText: undefined }, group, { note })).content);
  const { answer, calls } = await joinSummaries(api, wish, counter, shorter);
  return { answer, calls: calls + groups.length };
}

function ask(
  api: TextApi,
  { chosen, instruction, onText, signal, trace }: SummaryWish,
  text: string,
  { note, name = trace.name }: { readonly note?: string; readonly name?: string },
): Promise<ChatAnswer> {
  const system = note === undefined ? instruction : `${instruction}\n\n${note}`;
  const messages: readonly ChatMessage[] = [
    { role: 'system', content: system },
    { role: 'user', content: text },
  ];
  return api.ask({ ...chosen, messages, trace: { ...trace, name }, signal }, onText);
}
