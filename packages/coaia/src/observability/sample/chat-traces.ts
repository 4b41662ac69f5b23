/** The sample's chat: four turns of one session, each answered from documents. */
import type { Random } from './random.ts';
import { createSampleTrace } from './sample-trace.ts';
import type { SampleTrace } from './sample-trace.ts';

const TURNS = [
  {
    question: 'How long does the battery of the Lumen lamp last?',
    document:
      'lumen.md: The battery lasts 14 hours at half brightness and 6 hours at full brightness.',
    answer: 'About 14 hours at half brightness, 6 hours at full.',
    score: 1,
  },
  {
    question: 'And can I replace it myself?',
    document: 'lumen.md: The battery is held by two screws; spare part LB-2.',
    answer: 'Yes. Two screws hold it; the spare part is LB-2.',
    score: 0.9,
  },
  {
    question: 'Does the warranty still hold when I do?',
    document: 'warranty.md: Opening the housing of a lamp does not end the warranty.',
    answer: 'Yes, opening the housing does not end the warranty.',
    score: 0.95,
  },
  {
    question: 'How bright is it in lumens?',
    document: 'lumen.md: no passage with a score above 0.4',
    answer: 'The documents do not say.',
    score: 0.6,
  },
] as const;

/** The turns, some 40 seconds apart. */
export function createChat(random: Random, start: number): readonly SampleTrace[] {
  const history: unknown[] = [];
  return TURNS.map((turn, index) => {
    const trace = createSampleTrace(random, {
      name: 'ask-the-manual',
      start: start + index * 41_000,
      input: { question: turn.question },
      output: { answer: turn.answer },
      userId: 'sample-user-lin',
      sessionId: 'sample-chat-lamp',
      tags: ['chat', 'rag'],
      release: '2.1.0',
    });
    addTurn(trace, random, turn, history);
    history.push(
      { role: 'user', content: turn.question },
      { role: 'assistant', content: turn.answer },
    );
    return trace;
  });
}

function addTurn(
  trace: SampleTrace,
  random: Random,
  turn: (typeof TURNS)[number],
  history: readonly unknown[],
): void {
  const found = 180 + random.whole(0, 120);
  const end = found + 900 + random.whole(0, 900);
  const root = trace.add({
    type: 'CHAIN',
    name: 'answer-from-documents',
    from: 0,
    to: end + 15,
    input: { question: turn.question },
    output: { answer: turn.answer },
  });
  const search = trace.add({
    type: 'RETRIEVER',
    name: 'search',
    from: 10,
    to: found,
    parent: root,
    input: { query: turn.question, limit: 3 },
    output: [turn.document],
  });
  trace.add({
    type: 'EMBEDDING',
    name: 'embed-question',
    from: 15,
    to: 70,
    parent: search,
    input: turn.question,
    tokens: { input: 11, output: 0 },
  });
  trace.add({
    type: 'GENERATION',
    name: 'answer',
    from: found + 10,
    to: end,
    parent: root,
    input: [
      { role: 'system', content: 'Answer only from the passages.' },
      ...history,
      { role: 'user', content: `${turn.question}\n\nPassages:\n${turn.document}` },
    ],
    output: { role: 'assistant', content: turn.answer },
    tokens: { input: 180 + history.length * 22, output: 18 + random.whole(0, 12) },
    firstToken: found + 210 + random.whole(0, 100),
  });
  trace.add({
    type: 'EVALUATOR',
    name: 'grounded',
    from: end + 2,
    to: end + 12,
    parent: root,
    output: { score: turn.score },
  });
  trace.addScore({ name: 'grounded', value: turn.score, dataType: 'NUMERIC' });
}
