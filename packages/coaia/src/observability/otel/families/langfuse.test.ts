/** Langfuse's own attributes, as its SDKs set them. */
import { describe, expect, it } from 'vitest';
import { mapSpan, SPAN_ID, TRACE_ID } from '../testing/span-request.ts';

const scope = 'langfuse-sdk';

describe('langfuse attributes', () => {
  it('map to the fields of a generation', () => {
    const { type, body } = mapSpan({
      scope,
      name: 'answer',
      resource: { 'service.version': '1.2.3', 'langfuse.environment': 'staging' },
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': 'gpt-4o',
        'langfuse.observation.model.parameters': '{"temperature":0.2,"stream":true}',
        'langfuse.observation.input': '[{"role":"user","content":"hi"}]',
        'langfuse.observation.output': 'hello',
        'langfuse.observation.usage_details': '{"input":3,"output":2}',
        'langfuse.observation.cost_details': '{"total":0.5}',
        'langfuse.observation.level': 'WARN',
        'langfuse.observation.status_message': 'slow',
        'langfuse.observation.completion_start_time': '"2026-01-02T03:04:05.700Z"',
        'langfuse.observation.prompt.name': 'greeting',
        'langfuse.observation.prompt.version': 4,
        'langfuse.observation.metadata.team': 'blue',
        'langfuse.observation.metadata.limits': '{"max":3}',
      },
    });
    expect(type).toBe('generation-create');
    expect(body).toMatchObject({
      id: SPAN_ID,
      traceId: TRACE_ID,
      parentObservationId: '00f067aa0ba902b7',
      name: 'answer',
      startTime: '2026-01-02T03:04:05.000Z',
      endTime: '2026-01-02T03:04:06.500Z',
      completionStartTime: '2026-01-02T03:04:05.700Z',
      model: 'gpt-4o',
      modelParameters: { temperature: 0.2, stream: true },
      input: [{ role: 'user', content: 'hi' }],
      output: 'hello',
      usageDetails: { input: 3, output: 2 },
      costDetails: { total: 0.5 },
      level: 'WARNING',
      statusMessage: 'slow',
      promptName: 'greeting',
      promptVersion: 4,
      environment: 'staging',
      version: '1.2.3',
    });
    expect(body.metadata).toEqual({
      team: 'blue',
      limits: { max: 3 },
      resourceAttributes: { 'service.version': '1.2.3', 'langfuse.environment': 'staging' },
      scope: { name: scope, version: '1.0.0', attributes: {} },
    });
  });

  it.each([
    'span',
    'event',
    'agent',
    'tool',
    'chain',
    'retriever',
    'evaluator',
    'embedding',
    'guardrail',
  ])('name the type %s', (kind) => {
    const { type, body } = mapSpan({ scope, attributes: { 'langfuse.observation.type': kind } });
    expect(type).toBe(`${kind}-create`);
    expect('endTime' in body).toBe(kind !== 'event');
  });

  it('link prompts on generations only, and by name and version together', () => {
    const attributes = {
      'langfuse.observation.prompt.name': 'greeting',
      'langfuse.observation.prompt.version': 4,
    };
    const span = mapSpan({
      scope,
      attributes: { ...attributes, 'langfuse.observation.type': 'span' },
    });
    expect(span.body).not.toHaveProperty('promptName');
    const half = mapSpan({
      scope,
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.prompt.name': 'greeting',
      },
    });
    expect(half.body).not.toHaveProperty('promptName');
  });

  it('of Python SDKs up to 3.3 tell generations from spans by what they carry', () => {
    const old = {
      scope,
      scopeVersion: '3.3.0',
      resource: { 'telemetry.sdk.language': 'python' },
      attributes: {
        'langfuse.observation.type': 'span',
        'langfuse.observation.model.name': 'gpt-4o',
      },
    };
    expect(mapSpan(old).type).toBe('generation-create');
    expect(mapSpan({ ...old, scopeVersion: '3.4.0' }).type).toBe('span-create');
  });

  it('keep what experiments add under one metadata key', () => {
    const { body } = mapSpan({
      scope,
      attributes: {
        'langfuse.experiment.id': 'e1',
        'langfuse.experiment.dataset.id': 'd1',
        'langfuse.experiment.item.id': 'i1',
        'langfuse.experiment.item.expected_output': '{"answer":42}',
      },
    });
    expect(body.metadata['experiment']).toEqual({
      id: 'e1',
      dataset: { id: 'd1' },
      item: { id: 'i1', expected_output: { answer: 42 } },
    });
  });

  it('with usage that cannot be stored keep the observation and the counts that can', () => {
    const { body } = mapSpan({
      scope,
      attributes: { 'langfuse.observation.usage_details': '{"input":3.5,"output":2}' },
    });
    expect(body['usageDetails']).toEqual({ output: 2 });
  });

  it.each([
    ['2', undefined, 'ERROR', 'boom'],
    ['2', 'DEFAULT', 'DEFAULT', 'boom'],
    ['1', undefined, 'DEFAULT', 'boom'],
    ['0', 'FATAL', 'ERROR', 'boom'],
  ])('status %s and level %s give %s', (code, level, expected, message) => {
    const { body } = mapSpan({
      scope,
      status: { code: Number(code), message },
      attributes: level === undefined ? {} : { 'langfuse.observation.level': level },
    });
    expect(body).toMatchObject({ level: expected, statusMessage: message });
  });

  it('an error without a message takes that of its exception, and events are kept', () => {
    const { body } = mapSpan({
      status: { code: 2 },
      events: [{ name: 'exception', attributes: { 'exception.message': 'no route to host' } }],
    });
    expect(body).toMatchObject({ level: 'ERROR', statusMessage: 'no route to host' });
    expect(body.metadata['events']).toEqual([
      {
        name: 'exception',
        time: '2026-01-02T03:04:05.500Z',
        attributes: { 'exception.message': 'no route to host' },
      },
    ]);
  });
});
