/** A repository over real workers: `sum` in two versions, and `broken`, whose code does not load. */
import { fileURLToPath } from 'node:url';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PYTHON } from '../../testing/fixtures.ts';
import type { WorkerLine } from '../../runtimes/runtime.ts';
import { hostFailures } from '../errors.ts';
import { openRepository } from '../repository.ts';
import type { Repository, RepositoryOptions } from '../repository.ts';
import { makeManifest } from './make-manifest.ts';

const VERSIONS = [
  { model: 'sum', version: '1' },
  { model: 'sum', version: '2' },
  { model: 'broken', version: '1' },
];

export function openSumRepository(
  onLine: (line: WorkerLine) => void,
  memory: Pick<RepositoryOptions, 'memoryBytes'> = {},
): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-hosts-'));
  mkdirSync(join(folder, 'code'));
  cpSync(
    fileURLToPath(new URL('sum_model.py', import.meta.url)),
    join(folder, 'code', 'sum_model.py'),
  );
  writeFileSync(join(folder, 'code', 'broken.py'), 'predict = no_such_name\n');
  return openRepository({
    async find(model, version = '1') {
      if (!VERSIONS.some((one) => one.model === model && one.version === version))
        throw hostFailures.create('AO404', `There is no ${model} version ${version} here.`);
      const file = model === 'sum' ? 'code/sum_model.py' : 'code/broken.py';
      const interpreter = { path: PYTHON, version: '3', packages: {} };
      const entry = { file, name: 'predict' };
      return {
        manifest: makeManifest({ model, version: Number(version), entry, interpreter }),
        folder,
      };
    },
    list: async () => VERSIONS,
    onLine,
    isSandboxed: false,
    ...memory,
  });
}
