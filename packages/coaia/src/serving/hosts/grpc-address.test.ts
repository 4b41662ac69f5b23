import { afterEach, expect, test } from 'vitest';
import { openGrpcHost } from './grpc-server.ts';
import { hasOpenssl, makeCertificates } from './testing/make-certificates.ts';
import { ask, closeOpened, closing, ONE, openHost, openLink, TARGET } from './testing/open-host.ts';

afterEach(closeOpened);

test('AO470: a busy port is refused, not shared', async () => {
  const { host, repository } = await openHost();
  const port = Number(host.address.split(':')[1]);
  await expect(openGrpcHost({ link: repository, host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'AO470',
    hint: 'ao ps',
  });
});

test('AO471: addresses that are none of this machine, and none at all', async () => {
  const { repository } = await openHost();
  await expect(
    openGrpcHost({ link: repository, host: '192.0.2.1', port: 0 }),
  ).rejects.toMatchObject({ code: 'AO471' });
  expect(() => openLink('50051')).toThrow('"50051" is no address; write HOST:PORT.');
  const asked: [string, number][] = [];
  openLink('[::1]:5', { egressCheck: (name, port) => asked.push([name, port]) });
  expect(asked).toEqual([['::1', 5]]);
});

const openssl = hasOpenssl();

const byName = (address: string) => address.replace('127.0.0.1', 'localhost');

test.skipIf(openssl.skip)(`TLS and mTLS${openssl.note}`, async () => {
  const { ca, server, client, named } = makeCertificates();
  const one = await openHost({ tls: server });
  expect(await openLink(one.host.address, { tls: { ca } }).isLive()).toBe(true);
  const other = await openHost({ tls: named });
  expect(await openLink(other.host.address, { tls: { ca } }).isLive()).toBe(false);
  expect(await openLink(byName(other.host.address), { tls: { ca } }).isLive()).toBe(true);
  expect(await openLink(byName(one.host.address), { tls: { ca } }).isLive()).toBe(true);
  expect(await openLink(one.host.address).isLive()).toBe(false);
  expect(await openLink(byName(one.host.address), { tls: {} }).isLive()).toBe(false);
  const mutual = await openHost({ tls: { ...server, ca } });
  const known = openLink(byName(mutual.host.address), { tls: { ca, ...client } });
  expect((await known.predict(TARGET, ONE, ask())).outputs[0]?.data[0]).toBe(8);
  const stranger = openLink(byName(mutual.host.address), { tls: { ca } });
  await expect(stranger.predict(TARGET, ONE, ask())).rejects.toMatchObject({ code: 'AO452' });
});

test('AO472: certificates that are none, on both sides', async () => {
  const { repository } = await openHost();
  const tls = { cert: 'no certificate', key: 'no key' };
  await expect(
    openGrpcHost({ link: repository, host: '127.0.0.1', port: 0, tls }),
  ).rejects.toMatchObject({ code: 'AO472' });
  expect(() => openLink('127.0.0.1:5', { tls })).toThrow('The certificates for 127.0.0.1:5');
});

test('AO452: nobody there, and a host that comes back', async () => {
  const { host, repository } = await openHost();
  const link = openLink(host.address);
  await link.predict(TARGET, ONE, ask());
  await host.close();
  await expect(link.predict(TARGET, ONE, ask())).rejects.toMatchObject({
    code: 'AO452',
    headers: { 'Retry-After': '1' },
  });
  expect(await link.isLive()).toBe(false);
  const port = Number(host.address.split(':')[1]);
  const again = await openGrpcHost({ link: repository, host: '127.0.0.1', port });
  closing.push(() => again.close());
  await expect
    .poll(() =>
      link.predict(TARGET, ONE, ask()).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});
