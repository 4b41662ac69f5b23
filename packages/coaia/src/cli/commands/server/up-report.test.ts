import { describe, expect, it } from 'vitest';
import { createOutput } from '../../output.ts';
import { printUpReport, toRunningLine } from './up-report.ts';
import type { UpReport } from './up-report.ts';

const report: UpReport = {
  url: 'http://127.0.0.1:26242',
  pid: 1,
  port: 26_242,
  signInUrl: 'http://127.0.0.1:26242/?k=token',
  store: '/home/ada/.coaia/coaia.db',
  isNew: true,
  durability: 'full',
  credentialsPath: '/home/ada/.coaia/credentials.json',
  readyMs: 345,
  takenPort: undefined,
  isDetached: false,
  offersSample: true,
};
const credentials = { projectId: 'default', publicKey: 'pk-lf-1', secretKey: 'sk-lf-1' };

const print = (isTTY: boolean, changes: Partial<UpReport> = {}, pair = true) => {
  let text = '';
  const write = (piece: string) => {
    text += piece;
    return true;
  };
  const io = { stdout: write, stderr: write, stdoutIsTerminal: isTTY, stderrIsTerminal: isTTY };
  const flags = { json: false, quiet: false, color: false, resultOnly: false };
  const out = createOutput({ ...io, columns: 80, env: {} } as never, {
    ...flags,
    onClosed: () => undefined,
  });
  printUpReport(out, { ...report, ...changes }, pair ? credentials : undefined);
  return text;
};

describe('what coaia up prints', () => {
  it('is everything to paste on a terminal', () => {
    expect(print(true)).toMatchInlineSnapshot(`
      "Store      /home/ada/.coaia/coaia.db (new)
      Server     http://127.0.0.1:26242 ready in 0.3 s
      Sign in    http://127.0.0.1:26242/?k=token   (works once, for 10 minutes; coaia open makes another)
      Langfuse   export LANGFUSE_BASE_URL=http://127.0.0.1:26242 LANGFUSE_HOST=http://127.0.0.1:26242
                 export LANGFUSE_PUBLIC_KEY=pk-lf-1
                 export LANGFUSE_SECRET_KEY=sk-lf-1
      OTLP       http://127.0.0.1:26242/api/public/otel
      Sample     coaia sample loads example traces, marked as such
      Nothing leaves this machine. Stop with Ctrl-C.
      "
    `);
  });

  it('holds no key elsewhere, and says what is special', () => {
    const changes = {
      takenPort: 26_242,
      port: 26_243,
      durability: 'relaxed',
      isNew: false,
    } as const;
    expect(print(false, { ...changes, isDetached: true })).toMatchInlineSnapshot(`
      "Port       26242 is taken by another program, so this is 26243
      Store      /home/ada/.coaia/coaia.db
      Durability relaxed: a power cut may lose the last moments; a crash of Coaia does not
      Server     http://127.0.0.1:26242 ready in 0.3 s
      Sign in    http://127.0.0.1:26242/?k=token   (works once, for 10 minutes; coaia open makes another)
      Langfuse   LANGFUSE_BASE_URL=http://127.0.0.1:26242   keys: /home/ada/.coaia/credentials.json
      OTLP       http://127.0.0.1:26242/api/public/otel
      Nothing leaves this machine. Stop with coaia down.
      "
    `);
    expect(print(true, {}, false)).toContain('keys: made earlier, not kept in this home');
    expect(print(true, { offersSample: false })).not.toContain('coaia sample');
  });

  it('says how long a server has been up', () => {
    expect(toRunningLine({ ...report, startedAt: 1_000 }, 13_400)).toBe(
      'Already running: http://127.0.0.1:26242 (pid 1, up 12s)',
    );
  });
});
