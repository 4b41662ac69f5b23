/**
 * `npm run compatibility`: runs the suites of the official clients, notes what each of them called, and writes
 * docs/reference/clients.md from that.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runForeground } from './lib/run.mjs';
import { onNode, root, toolEnv } from './lib/setup.mjs';

const node = await onNode(import.meta.filename);

const SUITES = [
  'tests/contract/client-v5.test.ts',
  'tests/contract/js-v3.test.ts',
  'tests/contract/js-v5.test.ts',
  'tests/contract/langfuse-cli',
  'tests/contract/media-sdk.test.ts',
  'tests/contract/models-clients.test.ts',
  'tests/contract/prompts.test.ts',
  'tests/contract/scores-clients.test.ts',
  'tests/contract/datasets.test.ts',
  'tests/python',
];

const folder = mkdtempSync(join(tmpdir(), 'coaia-calls-'));
const file = join(folder, 'calls.jsonl');
const code = await runForeground(
  node,
  [join(root, 'scripts/test.mjs'), '--project=system', ...SUITES],
  { cwd: root, env: toolEnv(node, { COAIA_RECORD_CALLS: file }) },
);
if (code === 0 && existsSync(file)) {
  const { readCalls, renderClients } = await import('../tests/docs/render-clients.ts');
  const { loadAllRoutes } = await import('../tests/docs/render-reference.ts');
  const page = renderClients(await loadAllRoutes(), readCalls(file));
  writeFileSync(join(root, 'docs/reference/clients.md'), page);
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = code;
