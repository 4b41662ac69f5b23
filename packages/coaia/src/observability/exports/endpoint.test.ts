import { expect, test } from 'vitest';
import { isPrivateAddress } from '../private-address.ts';
import { checkEndpoint, createLookup } from './endpoint.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'ff02::1',
])('%s is private', (address) => expect(isPrivateAddress(address)).toBe(true));

test.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2001:4860:4860::8888'])(
  '%s is public',
  (address) => expect(isPrivateAddress(address)).toBe(false),
);

test.each([
  'http://storage.example',
  'https://localhost',
  'https://127.0.0.1',
  'https://[::1]',
  'https://2130706433',
  'https://0x7f.1',
  'https://[::ffff:127.0.0.1]:9000',
  'https://169.254.169.254',
])('refuses %s, unless its host is allowed', async (endpoint) => {
  await expect(checkEndpoint(endpoint, ['other'])).rejects.toMatchObject({ code: 'COAIA-1164' });
  const { host, hostname } = new URL(endpoint);
  for (const allowed of [host, hostname])
    await expect(checkEndpoint(endpoint, [allowed])).resolves.toBeUndefined();
});

test('takes public addresses and names that lead nowhere yet', async () => {
  await expect(checkEndpoint('https://8.8.8.8', [])).resolves.toBeUndefined();
  await expect(checkEndpoint('https://nothing.invalid', [])).resolves.toBeUndefined();
});

const find = (lookup: ReturnType<typeof createLookup>, name: string, all: boolean) =>
  new Promise((resolve) => {
    lookup?.(name, { all }, (error, addresses) => resolve(error?.code ?? addresses));
  });

test('looks again when it connects, since names change their addresses', async () => {
  const lookup = createLookup('https://localhost:9000', []);
  expect(await find(lookup, 'localhost', false)).toBe('EPRIVATE');
  expect(await find(lookup, 'localhost', true)).toBe('EPRIVATE');
  const proxied = createLookup('https://storage.example', []);
  expect(await find(proxied, 'localhost', true)).toEqual(
    expect.arrayContaining([expect.objectContaining({ family: expect.any(Number) })]),
  );
  expect(createLookup('https://localhost:9000', ['localhost:9000'])).toBeUndefined();
});
