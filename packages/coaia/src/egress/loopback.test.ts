import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

const toHost = (address: string) => new URL(`http://${address}/`).hostname;

test.each([
  'localhost',
  'LOCALHOST',
  'a.localhost',
  'localhost.',
  '127.0.0.1',
  '127.9.8.7',
  '127.1',
  '0x7f000001',
  '[::1]',
  '[::ffff:127.0.0.1]',
])('%s is this machine', (address) => expect(isLoopback(toHost(address))).toBe(true));

test.each([
  'localhost.example.com',
  'notlocalhost',
  '128.0.0.1',
  '127.0.0.1.example.com',
  '0.0.0.0',
  '[::2]',
  '[::ffff:8.8.8.8]',
  '[fe80::1]',
])('%s is not', (address) => expect(isLoopback(toHost(address))).toBe(false));
