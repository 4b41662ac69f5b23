import { expect, test } from 'vitest';
import { toSnippets } from './snippets.ts';

const session = {
  project: { id: 'default', name: 'default' },
  projects: [],
  server: {
    version: '4.35.0',
    coaia: '0.1.0',
    baseUrl: 'http://127.0.0.1:26242',
    store: 'sqlite' as const,
  },
  credentials: { publicKey: 'pk-lf-1', secretKey: 'sk-lf-2' },
  sample: { loaded: false },
};

test('every snippet but the command line carries the address and the keys', () => {
  for (const tab of toSnippets(session).filter((one) => one.id !== 'cli')) {
    expect(tab.text).toContain('http://127.0.0.1:26242');
    if (tab.id !== 'otlp') expect(tab.text).toMatch(/pk-lf-1[\s\S]*sk-lf-2/);
  }
});

test('the OTLP header is the Basic pair, percent-encoded as the variable demands', () => {
  const text = toSnippets(session).find((tab) => tab.id === 'otlp')?.text ?? '';
  const value = /Authorization=([^"]+)"/.exec(text)?.[1] ?? '';
  expect(decodeURIComponent(value)).toBe(`Basic ${btoa('pk-lf-1:sk-lf-2')}`);
});

test('a hidden secret key is said, not printed as null', () => {
  const hidden = toSnippets({ ...session, credentials: { publicKey: 'pk-lf-1', secretKey: null } });
  for (const tab of hidden) expect(tab.text).not.toContain('null');
});
