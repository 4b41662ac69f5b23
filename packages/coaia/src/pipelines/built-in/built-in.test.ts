/** The templates of the program against their contract: names, variables, steps, and no invented result. */
import { describe, expect, test } from 'vitest';
import { checkTemplate } from '../templates/check-template.ts';
import { findTemplate } from '../templates/find-template.ts';
import { findText } from '../templates/places.ts';
import { renderPipeline } from '../templates/render-pipeline.ts';
import type { Values } from '../templates/template.ts';
import { builtInNames } from './built-in.ts';
import { CONTRACT } from './contract.ts';

const find = (name: string) => findTemplate({}, name);

/** Every variable that must be given, filled with its own name. */
async function render(name: string, more: Values = {}) {
  const found = await find(name);
  const filled = found.template.variables
    .filter((variable) => variable.required && variable.default === null)
    .map((variable) => [variable.name, variable.name]);
  return renderPipeline(found, { ...Object.fromEntries(filled), ...more });
}
const names = async (name: string, more?: Values) =>
  (await render(name, more)).steps.map((step) => step.name);

test('there are fourteen of the contract and four for media, no more', () => {
  expect(builtInNames).toEqual(Object.keys(CONTRACT));
});

describe.each(builtInNames)('%s', (name) => {
  test('has the variables and steps of the contract', async () => {
    const [variables = '', steps] = CONTRACT[name] ?? [];
    const { template } = await find(name);
    expect(
      template.variables.map(
        (one) => `${one.name}${one.required && one.default === null ? '*' : ''}`,
      ),
    ).toEqual(variables.split(' '));
    const pipeline = await render(name);
    expect(pipeline.steps.map((step) => `${step.type} ${step.name}`)).toEqual(steps);
    const [root, ...others] = pipeline.steps;
    for (const step of others) expect(step.parent).toBe(root?.id);
  });

  test('is valid, with nothing to remark', async () => {
    const text = await findText({}, name);
    expect(text).toBeDefined();
    if (text !== undefined) expect(await checkTemplate({}, text)).toEqual([]);
  });

  test('claims no result: what it stores are names, inputs and what the user said', async () => {
    const found = await find(name);
    const pipeline = await render(name);
    for (const step of pipeline.steps) {
      expect(step).not.toHaveProperty('usage');
      // An output is nothing but expressions, so it cannot be invented; before a run there is none at all.
      expect(JSON.stringify(step.output ?? {}).replaceAll(/"[a-z_0-9]+":/g, '')).toMatch(
        /^[{}[\],\s]*$/,
      );
    }
    for (const { variables = {} } of found.template.steps)
      for (const text of listTexts(variables['output'])) expect(text).toMatch(/^\{\{.*\}\}$/s);
    for (const text of listTexts(
      pipeline.steps.map(({ input, metadata }) => [input, withoutNames(metadata)]),
    ))
      expect(text).not.toMatch(
        /\b(?:success|succeeded|complete[d]?|finished|passed|approved|tokens?|scored?|\d+(?:\.\d+)?\s*(?:%|\/\s*10|ms|seconds|records|rows))\b/i,
      );
  });
});

/** Names of steps are the contract's own words. */
function withoutNames(metadata: Values): Values {
  const { step_name: _name, description: _description, ...rest } = metadata;
  return rest;
}

function listTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((item) => listTexts(item))
    : [];
}

describe('check 26: conditions', () => {
  test('data-pipeline keeps the stages that are named', async () => {
    expect(await names('data-pipeline', { processing_steps: 'load,export' })).toEqual([
      'Data Processing Pipeline',
      'Load Data',
      'Export Results',
    ]);
  });

  test('parallel-processing has as many workers as were asked for', async () => {
    expect(await names('parallel-processing', { worker_count: '2' })).toHaveLength(4);
    expect(await names('parallel-processing', { worker_count: '1' })).toHaveLength(3);
  });

  test('llm-chain judges only when it is told to', async () => {
    expect((await names('llm-chain', { enable_judge_evaluation: 'true' })).slice(5)).toEqual([
      'Judge Initial Generation',
      'Judge Follow-up Generation',
      'Chain Quality Summary',
    ]);
  });

  test('error-handling, judges and stories', async () => {
    expect(await names('error-handling', { max_retries: '1', enable_alerts: 'no' })).toEqual([
      'Error-Resilient Operation: operation_name',
      'Initial Attempt',
      'Error Detection',
      'Final Status',
    ]);
    expect(await names('judge-evaluation', { score_config_name: 'Quality' })).toContain(
      'Score Application',
    );
    expect(await names('judge-ensemble', { evaluation_criteria: 'clarity' })).toEqual([
      'Judge Ensemble: content_name',
      'Content Preparation',
      'Clarity Judge',
      'Consensus Analysis',
      'Ensemble Summary',
    ]);
    expect(await names('story-session-resume', { resume_point: 'revision' })).toContain(
      'Chapter Revision',
    );
    expect(await names('story-session-resume', { resume_point: 'outline' })).toContain(
      'Outline Development',
    );
    expect(
      await names('storytelling-development', {
        enable_character_development: 'false',
        enable_story_evaluation: 'false',
      }),
    ).toHaveLength(6);
  });
});

test('names of the older guides are understood', async () => {
  const dataset = async (given: Values) =>
    (await render('data-pipeline', given)).variables['dataset_name'];
  expect(await dataset({})).toBe('dataset');
  expect(await dataset({ pipeline_name: 'ETL' })).toBe('ETL');
  expect(await dataset({ pipeline_name: 'ETL', data_source: 'db' })).toBe('db');
  expect(await dataset({ data_source: 'db', dataset_name: 'sales' })).toBe('sales');
  const { variables, warnings } = await render('llm-chain', { model: 'my-model' });
  expect(variables['model_name']).toBe('my-model');
  expect(warnings).toEqual([expect.stringContaining('my-model')]);
});

test('the nine others are marked', async () => {
  const extra = await Promise.all(
    builtInNames.map(async (name) => (await find(name)).template.metadata['extra'] === true),
  );
  expect(extra.map((isExtra, index) => (isExtra ? '' : builtInNames[index]))).toEqual([
    ...builtInNames.slice(0, 5),
    ...Array.from({ length: 13 }, () => ''),
  ]);
});
