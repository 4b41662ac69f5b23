import { describe, expect, it } from 'vitest';
import { createServiceLog } from './service-log.ts';

const ENTRY = {
  model: 'iris',
  version: 1,
  requestId: 'r',
  traceId: 't',
  durationMs: 1.23456,
  rows: 1,
  status: 200,
  method: 'POST',
  path: '/predict',
};

function open(more: Partial<Parameters<typeof createServiceLog>[0]> = {}) {
  const text: string[] = [];
  const log = createServiceLog({
    service: 'gateway',
    level: 'info',
    format: 'auto',
    isTerminal: false,
    write: (lines) => text.push(lines),
    now: () => 1_790_000_000_000,
    ...more,
  });
  const read = () => {
    log.flush();
    return text.join('').split('\n').filter(Boolean);
  };
  return { log, read };
}

describe('the log of a service', () => {
  it('writes text on a terminal, without line breaks from outside', () => {
    const { log, read } = open({ isTerminal: true });
    log.request(ENTRY);
    log.request({
      ...ENTRY,
      status: 422,
      path: '/a\nb',
      error: { code: 'AO422', message: 'no\nway' },
    });
    expect(read()).toEqual([
      '2026-09-21T14:13:20.000Z info 200 POST /predict iris@1 1 row 1.2 ms r',
      '2026-09-21T14:13:20.000Z warn 422 POST /a b iris@1 1 row 1.2 ms r AO422 no way',
    ]);
  });

  it('samples successes above fifty a second, never failures', () => {
    const { log, read } = open();
    for (let at = 0; at < 1000; at += 1) log.request(ENTRY);
    for (let at = 0; at < 200; at += 1)
      log.request({ ...ENTRY, status: 500, error: { code: 'AO450', message: 'x' } });
    const lines = read();
    expect(lines.filter((line) => line.includes('"code":500'))).toHaveLength(200);
    const successes = lines.filter((line) => line.includes('"code":200')).length;
    expect(successes).toBeGreaterThan(50);
    expect(successes).toBeLessThan(250);
  });

  it('is silent below its level', () => {
    const { log, read } = open({ level: 'error' });
    log.request(ENTRY);
    log.say('warn', 'nothing');
    expect(read()).toEqual([]);
  });
});
