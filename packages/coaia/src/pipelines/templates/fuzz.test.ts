/** Whatever a file holds, it is refused with a sentence or used; nothing else happens. */
import * as fc from 'fast-check';
import { isCoaiaError } from '#base';
import { expect, test } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { resolveTemplate } from './find-template.ts';
import { renderPipeline } from './render-pipeline.ts';

const draft = (text: string, format: 'json' | 'yaml') =>
  ({ name: 'draft', source: 'project', path: null, text, format }) as const;

async function use(text: string, format: 'json' | 'yaml'): Promise<void> {
  const source = draft(text, format);
  const problems = await checkTemplate({}, source);
  for (const { message, severity } of problems)
    expect([message.length > 0, ['error', 'warning'].includes(severity)]).toEqual([true, true]);
  try {
    renderPipeline(await resolveTemplate({}, source), { a: 'x' });
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    expect(error.code).toMatch(/^COAIA-(?:50|097)/);
  }
}

const name = fc.constantFrom('a', 'b', 'A B', '{{a}}', '{{ b }}', '');
const text = fc.oneof(
  name,
  fc.constantFrom(
    '{{ a | upper }}',
    '{% if a %}x{% endif %}',
    '{{',
    '{% for x in a %}',
    "{{ a['b'].c }}",
    'steps.a.output',
    '{{ 1 / 0 }}',
    '{{ a.__proto__ }}',
  ),
  fc.string({ maxLength: 10 }),
);
const value = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, text, { maxKeys: 3 }),
);
const step = fc.record(
  {
    id: name,
    name,
    parent: name,
    needs: fc.oneof(name, fc.array(name, { maxLength: 2 })),
    conditional: text,
    foreach: fc.oneof(text, fc.array(text, { maxLength: 3 })),
    variables: fc.dictionary(fc.constantFrom('input', 'output', 'x'), value),
    metadata: fc.dictionary(text, value, { maxKeys: 2 }),
    observation_type: fc.constantFrom('SPAN', 'event', 'X'),
    action: fc.constantFrom('llm', 'x'),
    with: fc.dictionary(text, value, { maxKeys: 2 }),
    timeout: fc.oneof(fc.integer(), text),
    on_failure: fc.oneof(name, fc.constantFrom('fail', 'continue')),
    export_as: name,
    level: text,
    remove: fc.boolean(),
    before: name,
  },
  { requiredKeys: [] },
);
const variable = fc.record(
  {
    name,
    type: fc.constantFrom('string', 'number', 'boolean', 'list'),
    required: fc.boolean(),
    default: value,
    choices: fc.array(value, { maxLength: 2 }),
    pattern: fc.string({ maxLength: 8 }),
    min: fc.integer(),
    secret: fc.boolean(),
  },
  { requiredKeys: ['name'] },
);
const template = fc.record(
  {
    name: fc.constantFrom('draft', 'x y'),
    version: fc.oneof(fc.constantFrom('1.0.0', '1', ''), fc.integer()),
    extends: fc.constantFrom('simple-trace', 'data-pipeline@^1', 'nobody', '', null),
    variables: fc.array(variable, { maxLength: 3 }),
    steps: fc.array(step, { maxLength: 4 }),
    metadata: value,
  },
  { requiredKeys: ['name'] },
);

test('templates of every form', async () => {
  await fc.assert(
    fc.asyncProperty(template, async (fields) => use(JSON.stringify(fields), 'json')),
    { numRuns: 400 },
  );
});

test('texts that are no templates', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), async (source) => {
      await use(source, 'json');
      await use(source, 'yaml');
    }),
    { numRuns: 200 },
  );
});
