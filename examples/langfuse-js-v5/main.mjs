/** A trace by the Langfuse SDK for JavaScript, version 5. Reads LANGFUSE_BASE_URL and the two keys. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { propagateAttributes, startActiveObservation, startObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor()] });
provider.register();

const question = 'How long does the battery last?';

const traceId = await startActiveObservation('answer-question', async (root) => {
  root.update({ input: { question } });
  await propagateAttributes(
    { traceName: 'langfuse-js-v5', userId: 'ada', sessionId: 'js-v5', tags: ['example'] },
    async () => {
      const search = startObservation('search', { input: { question } }, { asType: 'retriever' });
      await sleep(20);
      search.update({ output: ['The battery lasts 14 hours.'] }).end();

      const answer = startObservation(
        'answer',
        { model: 'gpt-4o-mini', input: [{ role: 'user', content: question }] },
        { asType: 'generation' },
      );
      await sleep(30);
      answer
        .update({
          output: { role: 'assistant', content: '14 hours.' },
          usageDetails: { input: 120, output: 8 },
        })
        .end();
    },
  );
  root.update({ output: { answer: '14 hours.' } });
  return root.traceId;
});

await provider.shutdown();
console.log(traceId);
