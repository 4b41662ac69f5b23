/** Every built-in template runs, and claims nothing that a step did not do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { builtInNames } from '../built-in/built-in.ts';
import { findTemplate } from '../templates/find-template.ts';
import type { TemplateVariable } from '../templates/template.ts';
import { openTestPipelines } from '../testing.ts';
import type { TestPipelines } from '../testing.ts';
import { startPipelineRun } from './start-run.ts';

const [kind] = openTestDatabases();
if (kind === undefined) throw new TypeError('there is no test store');

let all: TestPipelines;
beforeAll(async () => {
  all = await openTestPipelines(await kind.open());
});
afterAll(() => all.close());

/** These need files or addresses, which tests of their actions have. */
const WITH_FILES = /media|audio|document|vision|transcription/;

test.each(builtInNames.filter((name) => !WITH_FILES.test(name)))('%s', async (name) => {
  const { run } = await startPipelineRun(all.ports, all.scope, {
    template: name,
    variables: {
      ...toValues((await findTemplate({}, name)).template.variables),
      // The only one that the contract lets be empty, and a model cannot.
      ...(name === 'llm-chain' ? { initial_prompt: 'Write a line.' } : {}),
    },
  });
  const done = await all.finish(run.id);
  expect(done.error).toBeNull();
  const seen = await all.observations(done.traceId);
  const active = done.steps.filter(({ action, state }) => action !== null && state === 'succeeded');
  const generations = seen.filter(({ type }) => type === 'GENERATION');
  // Tokens stand only where a model was asked.
  const counted = seen.filter(({ usage_details: usage }) => Object.keys(usage ?? {}).length > 0);
  expect(counted.every(({ type }) => type === 'GENERATION')).toBe(true);
  expect(generations.length).toBeGreaterThanOrEqual(
    active.filter(({ type }) => type === 'GENERATION').length,
  );
});

/** What must be given, and every part that can be switched on. */
function toValues(variables: readonly TemplateVariable[]): Record<string, unknown> {
  const needed = variables.filter(
    ({ required, default: usual, type }) => type === 'boolean' || (required && usual === null),
  );
  return Object.fromEntries(needed.map((variable) => [variable.name, toValue(variable)]));
}

function toValue({ choices, name, type }: TemplateVariable): unknown {
  if (type === 'boolean') return true;
  if (type === 'list') return choices ?? ['one', 'two'];
  return choices?.[0] ?? (type === 'number' ? 2 : name);
}
