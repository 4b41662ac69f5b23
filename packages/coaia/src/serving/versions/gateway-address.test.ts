import { describe, expect, test } from 'vitest';
import { findCallAddress } from './gateway-address.ts';

const rules = { hosts: ['gateways.example', '10.9.9.9:8000', '169.254.169.254'], machine: 'box' };
const find = (url: string, from?: string, machine = 'box') =>
  findCallAddress({ url, machine, from }, rules);

describe('addresses of gateways', () => {
  test.each([
    // Written to the store itself by a gateway on this machine, or announced by one.
    ['http://127.0.0.1:8000', undefined, 'http://127.0.0.1:8000'],
    ['http://localhost:8000/', '127.0.0.1', 'http://localhost:8000'],
    ['http://[::1]:8000', '::1', 'http://[::1]:8000'],
    ['http://127.0.0.1:8000', '::ffff:127.0.0.1', 'http://127.0.0.1:8000'],
    // A container that listens everywhere is asked at the address that it came from.
    ['http://0.0.0.0:8000', '172.18.0.3', 'http://172.18.0.3:8000'],
    ['http://[::]:8000', '::ffff:172.18.0.3', 'http://172.18.0.3:8000'],
    ['http://0.0.0.0:8000', 'fd00:0:0::7', 'http://[fd00::7]:8000'],
    ['http://0.0.0.0:8000', undefined, 'http://127.0.0.1:8000'],
    ['http://10.0.0.5:8000/models/?x=1#y', '10.0.0.5', 'http://10.0.0.5:8000/models'],
    // Whoever may write to the store may do more than this.
    ['http://10.0.0.5:8000', undefined, 'http://10.0.0.5:8000'],
    ['https://gateways.example', '10.0.0.5', 'https://gateways.example'],
    ['http://gateways.example:81', '', 'http://gateways.example:81'],
    ['http://10.9.9.9:8000', '10.0.0.5', 'http://10.9.9.9:8000'],
  ])('%s announced from %s is asked', (url, from, base) => {
    expect(find(url, from)).toEqual({ base });
  });

  test.each([
    ['http://127.0.0.1:6379', '10.0.0.5'],
    ['http://127.0.0.1:6379', ''],
    ['http://0.0.0.0:6379', ''],
    ['http://[::ffff:127.0.0.1]:6379', '10.0.0.5'],
    ['http://2130706433:6379', '10.0.0.5'],
    ['http://127.1', '10.0.0.5'],
    ['http://localhost:6379', '10.0.0.5'],
    ['http://10.0.0.6:80', '10.0.0.5'],
    ['http://10.0.0.5:80', ''],
    ['http://10.9.9.9:8001', '10.0.0.5'],
    ['http://intern.example', '10.0.0.5'],
    ['http://intern.example', '127.0.0.1'],
    ['http://gateways.example.evil.example', '10.0.0.5'],
    ['http://169.254.169.254/latest', '169.254.169.254'],
    ['http://169.254.169.254', undefined],
    ['http://[::ffff:169.254.169.254]', '10.0.0.5'],
    ['http://[fe80::1]', 'fe80::1'],
    ['http://[fd00:ec2::254]', undefined],
    ['http://0.0.0.0', '169.254.1.1'],
  ])('%s announced from %s is not', (url, from) => {
    expect(find(url, from)).toMatchObject({ reason: expect.any(String) });
  });

  test('an address of this machine is not asked for a gateway on another one', () => {
    expect(find('http://127.0.0.1:8000', undefined, 'other')).toEqual({
      reason: 'is one of the machine other itself',
    });
    expect(find('http://0.0.0.0:8000', undefined, 'other')).toHaveProperty('reason');
    // Another server over the same store took it from its own machine.
    expect(find('http://127.0.0.1:8000', '127.0.0.1', 'other')).toHaveProperty('reason');
  });
});
