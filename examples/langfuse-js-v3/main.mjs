/** A trace by the package `langfuse`, version 3. Reads LANGFUSE_BASE_URL and the two keys. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Langfuse } from 'langfuse';

// This version knows the address only as LANGFUSE_BASEURL.
const baseUrl = process.env.LANGFUSE_BASE_URL ?? process.env.LANGFUSE_BASEURL;
const langfuse = new Langfuse({ baseUrl });

const question = 'How long does the battery last?';

const trace = langfuse.trace({
  name: 'langfuse-js-v3',
  userId: 'ada',
  sessionId: 'js-v3',
  tags: ['example'],
  input: { question },
});

const root = trace.span({ name: 'answer-question', input: { question } });
const search = root.span({ name: 'search', input: { question } });
await sleep(20);
search.end({ output: ['The battery lasts 14 hours.'] });

const answer = root.generation({
  name: 'answer',
  model: 'gpt-4o-mini',
  input: [{ role: 'user', content: question }],
});
await sleep(30);
answer.end({
  output: { role: 'assistant', content: '14 hours.' },
  usage: { input: 120, output: 8 },
});
root.end({ output: { answer: '14 hours.' } });
trace.update({ output: { answer: '14 hours.' } });

await langfuse.shutdownAsync();
console.log(trace.id);
