import { expect, it } from 'vitest';
import { firstScope, isScopeReady, parseModels, toScopes } from './key-scope.ts';

it('makes scopes of rights and models', () => {
  expect(toScopes(firstScope)).toBeNull();
  const fields = {
    ...firstScope,
    opens: 'models',
    deploy: true,
    models: 'churn, gear  churn',
  } as const;
  expect(toScopes(fields)).toEqual([
    'predict:churn',
    'deploy:churn',
    'predict:gear',
    'deploy:gear',
  ]);
  expect(isScopeReady(fields)).toBe(true);
  expect(isScopeReady({ ...fields, predict: false, deploy: false })).toBe(false);
  expect(isScopeReady({ ...fields, models: ' ' })).toBe(false);
  expect(isScopeReady(firstScope)).toBe(true);
});

it('knows what cannot be the name of a model', () => {
  expect(parseModels('*')).toEqual(['*']);
  for (const text of ['', 'a:b', '-a', 'a/b']) expect(parseModels(text)).toBeUndefined();
});
