import { invalidRequest, notFound } from '#base';
import { expect, test } from 'vitest';
import { evaluatorFailures } from '../curation/evaluators/errors.ts';
import { toErrorAnswer } from './answer.ts';

const read = async (error: unknown, path: string, method = 'GET') => {
  const answer = toErrorAnswer(error, path, 'r1', {}, method);
  return { status: answer.status, body: await answer.json() };
};

test('evaluators, rules and what is unstable have codes in snake case', async () => {
  for (const path of [
    'v2/evaluators',
    'v2/evaluation-rules/x',
    'unstable/evaluators',
    'unstable/dashboards',
  ])
    expect(await read(notFound('Evaluator', 'x'), `/api/public/${path}`)).toMatchObject({
      status: 404,
      body: {
        code: 'resource_not_found',
        message: 'Evaluator x not found within authorized project',
      },
    });
  expect(await read(notFound('Score', 'x'), '/api/public/v2/scores')).toMatchObject({
    body: { error: 'LangfuseNotFoundError' },
  });
});

test('invalid fields are issues, of the body or of the query', async () => {
  const issue = { code: 'invalid_type', message: 'wrong', path: ['a', 0], expected: 'string' };
  const error = invalidRequest('Invalid request data', [issue]);
  const { expected: _, ...plain } = issue;
  const details = { issues: [plain] };
  expect(await read(error, '/api/public/v2/evaluators', 'POST')).toMatchObject({
    status: 400,
    body: { code: 'invalid_body', details },
  });
  expect(await read(error, '/api/public/v2/evaluators')).toMatchObject({
    body: { code: 'invalid_query', details },
  });
});

test('a room says its own code with its details', async () => {
  const details = { evaluatorName: 'quality', provider: 'openai' };
  const error = evaluatorFailures.create('COAIA-2250', 'cannot run', { details });
  expect(await read(error, '/api/public/unstable/evaluators', 'POST')).toEqual({
    status: 422,
    body: { message: 'cannot run', code: 'evaluator_preflight_failed', details },
  });
});

test('an address that only begins like one has the usual form', async () => {
  expect(await read(notFound('X', 'x'), '/api/public/v2/evaluatorsx')).toMatchObject({
    body: { error: 'LangfuseNotFoundError' },
  });
});
