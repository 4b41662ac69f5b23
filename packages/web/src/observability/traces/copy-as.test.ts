import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toCopyText, toShellWord } from '../../lib/copy-as.ts';
import { toListCall, toTraceCall } from './copy-as.ts';

const base = 'http://127.0.0.1:26242';

test('a filtered list as a command line', () => {
  const call = toListCall(
    'default',
    base,
    { q: 'level:ERROR name:"it\'s"', range: '24h' },
    'latency.desc',
  );
  expect(call.command).toBe(
    String.raw`coaia traces list --query 'level:ERROR name:"it'\''s" since:24h' --order-by latency.desc`,
  );
  expect(call.path).toContain('/api/v1/projects/default/traces?q=level%3AERROR');
});

test('an unfiltered list needs no words', () => {
  expect(toListCall('default', base, {}, 'timestamp.desc').command).toBe('coaia traces list');
});

test('a shell gives back every word as it was', () => {
  for (const word of ['plain', "it's", '$HOME `id` "x"', 'a b', '*']) {
    const said = spawnSync('sh', ['-c', `printf %s ${toShellWord(word)}`], {
      encoding: 'utf8',
    }).stdout;
    expect(said).toBe(word);
  }
});

test('code in Python and TypeScript carries the address and takes keys from the environment', () => {
  const call = toTraceCall(base, 'abc');
  expect(toCopyText('curl', call)).toBe(
    `curl -s -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" ${base}/api/public/traces/abc`,
  );
  expect(toCopyText('Python', call)).toContain('"http://127.0.0.1:26242/api/public/traces/abc"');
  expect(toCopyText('TypeScript', call)).toContain('process.env');
});
