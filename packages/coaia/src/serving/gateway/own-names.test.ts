import { request } from 'node:http';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createSecretAuthenticator } from './key-authenticator.ts';
import { toOwnNames } from './own-names.ts';
import { API, EXAMPLE, LOG, openStubService } from './testing/stub-service.ts';
import type { StubService, StubServiceOptions } from './testing/stub-service.ts';

test.each([
  ['127.0.0.1', [], ['localhost:1', 'LOCALHOST', '127.0.0.1:8000', '[::1]:8000', '127.0.0.2']],
  ['127.0.0.1', ['Models.example'], ['models.example:8000', 'MODELS.example', 'localhost']],
  ['0.0.0.0', [], ['127.0.0.1:8000', '192.168.1.5:8000', '[fd00::7]', `${hostname()}:8000`]],
  ['models.example', [], ['models.example:8000', 'localhost']],
  ['0.0.0.0', ['*'], ['evil.example']],
])('on %s with %j it is %j', (listen, listed, hosts) => {
  const isOwn = toOwnNames(listen, listed);
  expect(hosts.map((host) => [host, isOwn(host)])).toEqual(hosts.map((host) => [host, true]));
});

test.each([
  ['127.0.0.1', [], ['192.168.1.5', 'evil.example', '127.0.0.1.evil.example', '[fd00::7]']],
  [
    '0.0.0.0',
    ['api-service'],
    ['evil.example:8000', '127.0.0.1.nip.io', 'api-service.evil.example', 'evil', 'u@localhost'],
  ],
])('on %s with %j it is none of %j', (listen, listed, hosts) => {
  const isOwn = toOwnNames(listen, listed);
  expect(hosts.map((host) => [host, isOwn(host)])).toEqual(hosts.map((host) => [host, false]));
});

describe('a gateway that every machine reaches', () => {
  let service: StubService | undefined;
  afterEach(() => service?.gateway.close());

  /** Status and code of a prediction that is asked under a name, as a page of that name would ask it. */
  const askAs = async (host: string, options: StubServiceOptions = {}) => {
    service = await openStubService({ host: '0.0.0.0', ...options });
    const { port } = service.gateway;
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' };
      const call = request({ port, path: '/predict', method: 'POST', headers }, (answer) => {
        answer.setEncoding('utf8');
        let body = `${answer.statusCode} `;
        answer.on('data', (piece: string) => (body += piece));
        answer.on('end', () => resolve(body));
      });
      call.on('error', reject);
      call.end(JSON.stringify(EXAMPLE));
    });
    return [text.slice(0, 3), /AO\d+/.exec(text)?.[0]];
  };

  it('without keys refuses a rebound name', async () => {
    expect(await askAs('evil.example:8000')).toEqual(['403', 'AO442']);
  });

  it('answers names that are listed', async () => {
    const project = { name: 'test', api: { ...API, hosts: ['api-service'] }, log: LOG };
    expect(await askAs('api-service:8000', { project })).toEqual(['200', undefined]);
  });

  it('with keys needs no list, because a page has none', async () => {
    const authenticate = createSecretAuthenticator(['one']);
    expect(await askAs('models.example', { authenticate })).toEqual(['401', 'AO440']);
  });
});
