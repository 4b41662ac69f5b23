import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCoaia } from '../testing.ts';

describe('coaia keys', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'coaia-keys-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const run = (line: string) => runCoaia(line, { home, env: { COAIA_HOME: home } });
  const addKeys = () =>
    writeFileSync(
      join(home, 'credentials.json'),
      JSON.stringify({ projectId: 'default', publicKey: 'pk-lf-1', secretKey: 'sk-lf-2' }),
    );

  it('says what to do while there are none', async () => {
    const { code, stdout, stderr } = await run('keys');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('COAIA-0506');
    expect(stderr).toContain('coaia up');
  });

  it('prints the three variables that SDKs read', async () => {
    addKeys();
    expect((await run('keys')).stdout).toBe(
      'LANGFUSE_BASE_URL=http://127.0.0.1:26242\nLANGFUSE_PUBLIC_KEY=pk-lf-1\nLANGFUSE_SECRET_KEY=sk-lf-2\n',
    );
  });

  it('prints lines for eval, and the header of OTLP exporters', async () => {
    addKeys();
    const lines = (await run('keys --export --otel')).stdout.trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toBe("export LANGFUSE_PUBLIC_KEY='pk-lf-1'");
    const basic = Buffer.from('pk-lf-1:sk-lf-2').toString('base64');
    expect(lines[4]).toBe(`export OTEL_EXPORTER_OTLP_HEADERS='Authorization=Basic%20${basic}'`);
  });

  it('knows other shells and JSON', async () => {
    addKeys();
    expect((await run('keys --export-format fish')).stdout).toContain(
      "set -gx LANGFUSE_PUBLIC_KEY 'pk-lf-1'",
    );
    expect(JSON.parse((await run('keys --json')).stdout)).toMatchObject({
      LANGFUSE_SECRET_KEY: 'sk-lf-2',
    });
  });
});
