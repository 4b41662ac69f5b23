import { describe, expect, it } from 'vitest';
import { parseFilter } from './parse-filter.ts';
import { renderFilter } from './render-filter.ts';
import { TRACE_FIELDS } from './trace-fields.ts';

const parse = (text: string) => parseFilter(text, TRACE_FIELDS);
const fail = (text: string): unknown => {
  try {
    parse(text);
  } catch (error) {
    return error;
  }
  throw new Error(`"${text}" was accepted`);
};

describe('parseFilter', () => {
  it.each([
    ['level:(ERROR OR WARNING)', 'level:(ERROR OR WARNING)'],
    ['-env:dev', '-environment:dev'],
    ['NOT env:dev', '-environment:dev'],
    ['tags:(a AND b)', 'tags:(a AND b)'],
    ['latency:>2 AND cost:<=$0.01', 'latency:>2 cost:<=$0.01'],
    ['latency:1s..5s', 'latency:1s..5s'],
    ['userId:u1 SESSIONID:s1', 'user:u1 session:s1'],
    ['name:*chat*', 'name:*chat*'],
    ['name:=chat', 'name:=chat'],
    ['name:"a*b"', 'name:"a*b"'],
    ['metadata."a key".b:v', 'metadata."a key".b:v'],
    ['traceScores.nps:>0.8', 'scores.nps:>0.8'],
    ['has:output -has:user', 'has:output -has:user'],
    ['refund  policy', 'refund policy'],
    ['"refund policy"', '"refund policy"'],
    ['https://x.y/z', '"https://x.y/z"'],
    ['name:f(x)', 'name:"f(x)"'],
    ['timestamp:>2026-06-01T10:00:00Z', 'timestamp:>"2026-06-01T10:00:00Z"'],
    ['wait...', '"wait..."'],
    ['', ''],
  ])('reads %s', (source, canonical) => {
    expect(renderFilter(parse(source))).toBe(canonical);
  });

  it('keeps the place of every term', () => {
    expect(parse('  level:ERROR  foo').map(({ position }) => position)).toEqual([
      { start: 2, length: 11 },
      { start: 15, length: 3 },
    ]);
  });

  it('names near keys for one that does not exist', () => {
    expect(fail('x lavel:ERROR')).toMatchObject({
      code: 'COAIA-1021',
      details: { position: 2, length: 5, suggestions: ['level'] },
      hint: expect.stringContaining('did you mean level') as string,
    });
  });

  it('asks for the name after metadata', () => {
    expect(fail('metadata:x')).toMatchObject({
      code: 'COAIA-1021',
      details: { suggestions: ['metadata.name'] },
    });
    expect(fail('metadata.')).toMatchObject({ code: 'COAIA-1020' });
    expect(fail('name.first:x')).toMatchObject({ code: 'COAIA-1021' });
  });

  it.each([
    ['name:"open', 5],
    ['name:', 0],
    ['a OR b', 2],
    ['name:(a OR b', 0],
    ['name:(a OR b AND c)', 0],
    ['(a b)', 0],
    ['name:()', 0],
    ['x'.repeat(8001), 0],
    [Array.from({ length: 101 }, () => 'x').join(' '), 200],
  ])('says where %s is wrong', (source, position) => {
    expect(fail(source)).toMatchObject({ code: 'COAIA-1020', details: { position } });
  });
});
