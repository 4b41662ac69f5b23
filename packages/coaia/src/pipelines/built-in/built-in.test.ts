/** The templates of the program against their contract: names, variables, steps, and no invented result. */
import { describe, expect, test } from 'vitest';
import { checkTemplate } from '../templates/check-template.ts';
import { findTemplate } from '../templates/find-template.ts';
import { findText } from '../templates/places.ts';
import { renderPipeline } from '../templates/render-pipeline.ts';
import type { Values } from '../templates/template.ts';
import { builtInNames } from './built-in.ts';

/** Names of the variables, those that must be given with a star; steps with the values of `FILLED`. */
const CONTRACT: Readonly<Record<string, readonly [variables: string, steps: readonly string[]]>> = {
  'simple-trace': ['trace_name* observation_name user_id', ['EVENT Main Task']],
  'data-pipeline': [
    'data_source pipeline_name dataset_name processing_steps user_id environment',
    [
      'SPAN Data Processing Pipeline',
      'EVENT Load Data',
      'EVENT Validate Data',
      'EVENT Transform Data',
      'EVENT Export Results',
    ],
  ],
  'llm-chain': [
    'chain_name initial_prompt model model_name user_id temperature enable_judge_evaluation judge_model evaluation_criteria',
    [
      'SPAN LLM Chain: llm-chain',
      'GENERATION Initial Generation',
      'EVENT Context Processing',
      'GENERATION Follow-up Generation',
      'EVENT Final Synthesis',
    ],
  ],
  'parallel-processing': [
    'job_name* worker_count batch_size user_id',
    [
      'SPAN Parallel Job: job_name',
      'SPAN Worker 1 Processing',
      'SPAN Worker 2 Processing',
      'SPAN Worker 3 Processing',
      'EVENT Results Aggregation',
    ],
  ],
  'error-handling': [
    'operation_name* max_retries timeout_seconds user_id enable_alerts',
    [
      'SPAN Error-Resilient Operation: operation_name',
      'EVENT Initial Attempt',
      'EVENT Error Detection',
      'EVENT Retry Attempt',
      'EVENT Error Alert',
      'EVENT Final Status',
    ],
  ],
  'judge-evaluation': [
    'content_name* content_to_evaluate* judge_model evaluation_criteria score_config_name user_id',
    [
      'SPAN Content Evaluation: content_name',
      'EVENT Content Storage',
      'GENERATION Judge Assessment',
      'EVENT Evaluation Summary',
    ],
  ],
  'judge-ensemble': [
    'content_name* content_to_evaluate* judge_models evaluation_criteria consensus_threshold user_id',
    [
      'SPAN Judge Ensemble: content_name',
      'EVENT Content Preparation',
      'GENERATION Helpfulness Judge',
      'GENERATION Correctness Judge',
      'GENERATION Clarity Judge',
      'EVENT Consensus Analysis',
      'EVENT Ensemble Summary',
    ],
  ],
  'mobile-transcription': [
    'audio_source* recording_duration language quality_preference user_id',
    [
      'SPAN Mobile Recording Processing',
      'EVENT Audio Preprocessing',
      'EVENT Cloud Transcription',
      'EVENT Text Processing',
      'EVENT Mobile Results',
    ],
  ],
  'ios-data-sync': [
    'sync_name* cloud_service data_type device_id',
    [
      'SPAN Sync Preparation',
      'EVENT Cloud Authentication',
      'EVENT Data Upload',
      'EVENT Sync Completion',
    ],
  ],
  'gesture-pipeline': [
    'gesture_type* workflow_name* app_context gesture_data user_session',
    [
      'SPAN Gesture Recognition',
      'EVENT Context Analysis',
      'EVENT Workflow Trigger',
      'EVENT Haptic or Visual Feedback',
      'EVENT Gesture Workflow Complete',
    ],
  ],
  'quick-analysis': [
    'data_source* analysis_type output_format complexity_level analyst_id',
    [
      'SPAN Mobile Data Loading',
      'EVENT Data Validation',
      'EVENT Summary_stats Analysis',
      'EVENT Mobile Result Formatting',
      'EVENT Analysis Complete',
    ],
  ],
  'story-quality-ensemble': [
    'story_title* story_content* content_type* judge_models genre evaluation_aspects target_audience enable_consensus_analysis user_id',
    [
      'SPAN Story Quality Ensemble: story_title',
      'GENERATION Narrative Judge',
      'GENERATION Character Judge',
      'GENERATION Style Judge',
      'EVENT Consensus Analysis',
      'EVENT Ensemble Score Synthesis',
      'EVENT Actionable Recommendations',
      'EVENT Ensemble Evaluation Summary',
    ],
  ],
  'story-session-resume': [
    'story_title* session_id* resume_point* chapter_number narrative_model judge_model previous_context user_feedback enable_quality_check user_id',
    [
      'SPAN Story Session Resume: story_title',
      'EVENT Context Reconstruction',
      'GENERATION Chapter Continuation',
      'GENERATION Quality Check',
      'EVENT Session Progress Update',
    ],
  ],
  'storytelling-development': [
    'story_title* story_prompt* narrative_model judge_model story_structure chapter_count enable_character_development enable_story_evaluation genre target_length session_id user_id',
    [
      'SPAN Story Development: story_title',
      'GENERATION Premise',
      'GENERATION Character Profile',
      'GENERATION Outline',
      'GENERATION Chapter 1',
      'GENERATION Premise Evaluation',
      'GENERATION Outline Evaluation',
      'GENERATION Chapter 1 Evaluation',
      'EVENT Story Evaluation Summary',
      'EVENT Story Development Summary',
    ],
  ],
  'vision-analysis': [
    'image_url* question model_name content_type user_id',
    [
      'SPAN Vision Analysis',
      'TOOL Image Attachment',
      'GENERATION Image Description',
      'EVENT Vision Result',
    ],
  ],
  'audio-transcription': [
    'file_path* language content_type user_id',
    [
      'SPAN Audio Transcription',
      'TOOL Audio Upload',
      'GENERATION Transcription',
      'EVENT Transcript',
    ],
  ],
  'document-processing': [
    'file_path* document_text instruction model_name content_type user_id',
    ['SPAN Document Processing', 'TOOL Document Upload', 'EVENT Document Result'],
  ],
  'url-media-attach': [
    'url* content_type user_id',
    ['SPAN URL Media Attachment', 'TOOL Media Attachment', 'EVENT Attachment Result'],
  ],
};

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
