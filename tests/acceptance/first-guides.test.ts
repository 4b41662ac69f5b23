/**
 * The command lines of CoAiAPy's guide and roadmap, as they are written there, in a real shell: one script after the
 * other, in one empty home, against the embedded store and against a server.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import type { ModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import { openApiServer } from '../contract/api-server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const program = join(import.meta.dirname, '../../packages/coaia/bin/coaia.ts');

/** A script of the guide, and what its output must say. */
interface Script {
  readonly name: string;
  readonly lines: string;
  readonly says: readonly RegExp[];
}

const scripts: readonly Script[] = [
  {
    name: 'core commands',
    lines: `
      coaia init
      coaia summarize notes.txt
      coaia summarize "some words to make short"
      coaia tash greeting "hello there"
      coaia fetch greeting
      coaia p dictkore "some dictated words"`,
    says: [/hello there/, /some words to make short/, /some dictated words/],
  },
  {
    name: 'traces, prompts and datasets',
    lines: `
      export TRACE_ID=$(uuidgen) SESSION_ID=$(uuidgen)
      coaia fuse traces create $TRACE_ID -u john -s $SESSION_ID -n "Data Pipeline"
      export OBS1_ID=$(uuidgen)
      coaia fuse traces add-observation $OBS1_ID $TRACE_ID -ts -n "Data Validation"
      export OBS2_ID=$(uuidgen)
      coaia fuse traces add-observation $OBS2_ID $TRACE_ID -n "Processing" --parent $OBS1_ID
      coaia fuse traces add-observations $TRACE_ID -f batch.json
      coaia fuse traces
      coaia fuse prompts list
      coaia fuse prompts create greet "Hello {{name}}"
      coaia fuse prompts get greet
      coaia fuse datasets list
      coaia fuse datasets create qa
      coaia fuse dataset-items create qa -i "2 + 2" -e 4
      coaia fuse datasets get qa
      coaia fuse datasets get qa -oft
      coaia fuse finetune list
      coaia run greet --var name=John --model m-1`,
    says: [/Data Pipeline/, /"role":"assistant"/, /You said "Hello John"/],
  },
  {
    name: 'templates',
    lines: `
      coaia pipeline list
      coaia pipeline list --path --json
      coaia pipeline show simple-trace
      coaia pipeline show llm-chain --preview
      coaia pipeline show data-pipeline --preview
      coaia pipeline create simple-trace --var trace_name="My Process" --var user_id="john"
      coaia pipeline create data-pipeline --trace-id $(uuidgen) --export-env
      coaia pipeline create data-pipeline \\
        --var user_id="john" \\
        --var pipeline_name="ETL Process" \\
        --var data_source="production_db" \\
        --export-env
      coaia pipeline init my-custom-template
      coaia pipeline init advanced-workflow --from data-pipeline
      coaia pipeline init company-etl --from data-pipeline --location project
      coaia pipeline create company-etl --var data_source="sales_db"
      coaia pipeline create company-etl --var environment="production"
      test -f .coaia/templates/company-etl.json && echo project template is there
      coaia fuse traces`,
    says: [/simple-trace/, /project template is there/, /export COAIA_TRACE_ID=/],
  },
  {
    name: 'environments',
    lines: `
      coaia env init
      coaia env init --global
      coaia env init --name dev
      coaia env set COAIA_USER_ID "john" --persist
      coaia env set DEBUG_MODE "true" --temp
      coaia env get COAIA_USER_ID
      coaia env set OLD_VARIABLE x
      coaia env unset OLD_VARIABLE
      coaia env list
      coaia env list --name dev
      coaia env list --json
      eval $(coaia env source --export)
      echo "user is $COAIA_USER_ID"
      coaia env save --name "my-context"`,
    says: [/export DEBUG_MODE=/, /user is john/],
  },
  {
    name: 'from one session to the next',
    lines: `
      eval "$(coaia pipeline create llm-chain --var model="gpt-4" --export-env)"
      kept=$COAIA_TRACE_ID
      eval $(coaia env save --name "llm-session")
      unset COAIA_TRACE_ID
      eval $(coaia env source --name llm-session --export)
      test "$kept" = "$COAIA_TRACE_ID" && echo the trace is known again
      coaia fuse traces add-observation $COAIA_TRACE_ID -n "Continued processing"
      coaia fuse traces trace-view $COAIA_TRACE_ID`,
    says: [/the trace is known again/, /Continued processing/],
  },
];

const PREPARE = `
  set -eu
  command -v uuidgen > /dev/null || uuidgen() { cat /proc/sys/kernel/random/uuid; }
`;

describe.each([['the store in the home'], ['a server']])('on %s', (place) => {
  let home = '';
  let model: ModelServer;
  let env: Record<string, string> = {};
  let close = async (): Promise<void> => undefined;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'coaia-guides-'));
    model = await openModelServer();
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'coaia'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    chmodSync(join(bin, 'coaia'), 0o755);
    writeFileSync(join(home, 'notes.txt'), 'A few notes.');
    writeFileSync(join(home, 'batch.json'), '[{"name":"one"},{"name":"two","type":"SPAN"}]');
    env = {
      ...RUN_ENV,
      HOME: home,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: 'sk-guides',
      OPENAI_MODEL: 'm-1',
    };
    if (place === 'a server') {
      const server = await openApiServer();
      close = () => server.stop();
      const { url, publicKey, secretKey } = server;
      env = {
        ...env,
        LANGFUSE_HOST: url,
        LANGFUSE_PUBLIC_KEY: publicKey,
        LANGFUSE_SECRET_KEY: secretKey,
      };
    }
    await sh(`coaia models connections set mine --base-url ${model.baseUrl} -m m-1`);
  });
  afterAll(async () => {
    await model.close();
    await close();
    rmSync(home, { recursive: true, force: true });
  });

  const sh = (lines: string) =>
    new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>(
      (resolve) => {
        const child = spawn('bash', ['-c', PREPARE + lines], {
          cwd: home,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let stdout = '';
        let stderr = '';
        child.stdout.on('data', (part) => (stdout += String(part)));
        child.stderr.on('data', (part) => (stderr += String(part)));
        child.on('close', (code) => resolve({ code, stdout, stderr }));
      },
    );

  it.each(scripts)('$name', async ({ lines, says }) => {
    const { code, stdout, stderr } = await sh(lines);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    for (const words of says) expect(stdout).toMatch(words);
  });
});
