/** Our OpenAPI document beside the reference document, operation by operation. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { compareOperation, listOperations, readReference, toKey } from './reference/compare.ts';
import type { Document } from './reference/compare.ts';
import { DIFFERENCES, EVERYWHERE, LEFT_OUT } from './reference/differences.ts';

let server: ApiServer;
let document: Document;
beforeAll(async () => {
  server = await openApiServer();
  document = (await server.read('/api/v1/openapi.json')).body as Document;
});
afterAll(() => server.stop());

test('every operation of the reference is in our document', () => {
  const ours = listOperations(document);
  const missing = readReference()
    .filter(({ method, path }) => !ours.has(toKey(method, path)))
    .map(({ operationId }) => operationId);
  expect(missing.toSorted()).toEqual(Object.keys(LEFT_OUT).toSorted());
});

test('an operation differs from the reference in what is listed with a reason, and in nothing else', () => {
  const ours = listOperations(document);
  const found: Record<string, string[]> = {};
  for (const theirs of readReference()) {
    const own = ours.get(toKey(theirs.method, theirs.path));
    const lines = own === undefined ? [] : compareOperation(theirs, own);
    const left = lines.filter((line) => EVERYWHERE[line] === undefined);
    if (left.length > 0) found[theirs.operationId] = left;
  }
  const listed = Object.entries(DIFFERENCES).map(([id, lines]) => [
    id,
    Object.keys(lines).toSorted(),
  ]);
  expect(found).toEqual(Object.fromEntries(listed));
});

test('the comparison sees a field, a parameter and a status that are gone', () => {
  const theirs = readReference().find(({ operationId }) => operationId === 'scoreConfigs_create');
  const ours = theirs && listOperations(document).get(toKey(theirs.method, theirs.path));
  if (theirs === undefined || ours === undefined) throw new Error('The operation is gone.');
  const schema = { type: 'object', properties: { name: {} }, required: ['name'] };
  const content = { content: { 'application/json': { schema } } };
  const poorer = { parameters: [], requestBody: content, responses: { '299': content } };
  const lines = compareOperation(theirs, poorer);
  expect(lines).toContain('body.dataType: not here');
  expect(lines).toContain('answer.isArchived: not here');
  expect(lines).toContain('status 200: 299 here');
});
