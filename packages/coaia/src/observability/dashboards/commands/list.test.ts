import { runCoaia } from '#cli/testing';
import { expect, it } from 'vitest';

it.each(['--limit 0', '--limit 101', '--page 0'])(
  'list refuses %s as over HTTP',
  async (option) => {
    const { code, stdout, stderr } = await runCoaia(`dashboards list ${option}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('COAIA-0002');
  },
);
