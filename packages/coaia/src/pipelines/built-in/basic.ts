/** simple-trace, data-pipeline, parallel-processing, error-handling. */
import { define, optional, required, userId } from './parts.ts';

export const simpleTrace = define(
  {
    name: 'simple-trace',
    description: 'One trace with one observation',
    variables: [
      required('trace_name', 'What the trace is about'),
      { name: 'observation_name', default: 'Main Task', description: 'Name of the observation' },
      userId,
    ],
    steps: [
      {
        id: 'main',
        name: '{{observation_name}}',
        observation_type: 'EVENT',
        variables: { input: { trace_name: '{{trace_name}}', user_id: '{{user_id}}' } },
      },
    ],
  },
  false,
);

const stage = (id: string, name: string, word: string, description: string): object => ({
  id,
  name,
  observation_type: 'EVENT',
  parent: 'pipeline',
  description,
  conditional: `'${word}' in processing_steps`,
  variables: { input: { dataset: '{{dataset_name}}', environment: '{{environment}}' } },
});

export const dataPipeline = define(
  {
    name: 'data-pipeline',
    description: 'Stages of data processing: load, validate, transform, export',
    variables: [
      optional('data_source', 'The same as dataset_name'),
      optional('pipeline_name', 'What the work is called'),
      {
        name: 'dataset_name',
        default: "{{ data_source or pipeline_name or 'dataset' }}",
        description: 'Dataset that is worked on',
      },
      {
        name: 'processing_steps',
        type: 'list',
        items: 'string',
        default: ['load', 'validate', 'transform', 'export'],
        description: 'Stages that take place',
      },
      userId,
      {
        name: 'environment',
        default: 'development',
        choices: ['development', 'staging', 'production'],
        description: 'Where it runs',
      },
    ],
    steps: [
      {
        id: 'pipeline',
        name: 'Data Processing Pipeline',
        observation_type: 'SPAN',
        description: 'The work on one dataset from beginning to end',
        variables: {
          input: {
            dataset: '{{dataset_name}}',
            pipeline: '{{pipeline_name}}',
            stages: '{{processing_steps}}',
            environment: '{{environment}}',
          },
        },
      },
      stage('load', 'Load Data', 'load', 'Read the dataset'),
      stage('validate', 'Validate Data', 'validate', 'Check its form and content'),
      stage('transform', 'Transform Data', 'transform', 'Bring it into the form that is needed'),
      stage('export', 'Export Results', 'export', 'Hand the result over'),
    ],
  },
  false,
);

const worker = (number: number): object => ({
  id: `worker_${number}`,
  name: `Worker ${number} Processing`,
  observation_type: 'SPAN',
  parent: 'job',
  ...(number === 1 ? {} : { conditional: `worker_count >= ${number}` }),
  variables: { input: { job: '{{job_name}}', worker: number, batch_size: '{{batch_size}}' } },
});

export const parallelProcessing = define(
  {
    name: 'parallel-processing',
    description: 'One job on up to three workers side by side, and what they give together',
    variables: [
      required('job_name', 'What the job is called'),
      {
        name: 'worker_count',
        type: 'number',
        default: 3,
        min: 1,
        description: 'Workers; the template has three',
      },
      { name: 'batch_size', type: 'number', default: 100, min: 1, description: 'Items per batch' },
      userId,
    ],
    steps: [
      {
        id: 'job',
        name: 'Parallel Job: {{job_name}}',
        observation_type: 'SPAN',
        variables: {
          input: {
            job: '{{job_name}}',
            workers: '{{worker_count}}',
            batch_size: '{{batch_size}}',
          },
        },
      },
      worker(1),
      worker(2),
      worker(3),
      {
        id: 'aggregation',
        name: 'Results Aggregation',
        observation_type: 'EVENT',
        parent: 'job',
        needs: ['worker_1', 'worker_2', 'worker_3'],
        variables: { input: { job: '{{job_name}}', workers: '{{worker_count}}' } },
      },
    ],
  },
  false,
);

const attempt = (id: string, name: string, more: object = {}): object => ({
  id,
  name,
  observation_type: 'EVENT',
  parent: 'operation',
  variables: { input: { operation: '{{operation_name}}' } },
  ...more,
});

export const errorHandling = define(
  {
    name: 'error-handling',
    description: 'The places of an operation that is tried again: attempt, error, retry, alert',
    variables: [
      required('operation_name', 'What is tried'),
      { name: 'max_retries', type: 'number', default: 3, min: 0, description: 'Attempts allowed' },
      { name: 'timeout_seconds', type: 'number', default: 30, min: 0, description: 'Per attempt' },
      userId,
      { name: 'enable_alerts', type: 'boolean', default: true, description: 'Whether to alert' },
    ],
    steps: [
      {
        id: 'operation',
        name: 'Error-Resilient Operation: {{operation_name}}',
        observation_type: 'SPAN',
        variables: {
          input: {
            operation: '{{operation_name}}',
            max_retries: '{{max_retries}}',
            timeout_seconds: '{{timeout_seconds}}',
          },
        },
      },
      attempt('initial_attempt', 'Initial Attempt', {
        variables: {
          input: { operation: '{{operation_name}}', timeout_seconds: '{{timeout_seconds}}' },
        },
      }),
      attempt('error_detection', 'Error Detection', { needs: ['initial_attempt'] }),
      attempt('retry_attempt', 'Retry Attempt', {
        needs: ['error_detection'],
        conditional: 'max_retries > 1',
        variables: {
          input: { operation: '{{operation_name}}', max_retries: '{{max_retries}}' },
        },
      }),
      attempt('error_alert', 'Error Alert', {
        needs: ['error_detection'],
        conditional: 'enable_alerts',
      }),
      attempt('final_status', 'Final Status', { needs: ['retry_attempt', 'error_alert'] }),
    ],
  },
  false,
);
