/** The file that `coaia init` makes: nothing but where editors find its rules. No host, no key. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  backUp,
  createFolder,
  homePaths,
  findHome,
  readSmallFile,
  loadSettingsTools,
  updateFile,
  writeWholeFile,
} from '#config';
import type { Env } from '#config';
import { cliErrors } from '../errors.ts';

export interface SampleOptions {
  readonly path: string;
  readonly env: Env;
  readonly cwd: string;
  readonly isProject: boolean;
  readonly isForced: boolean;
}

export interface Sample {
  readonly path: string;
  readonly backup: string | undefined;
  readonly ignored: readonly string[];
}

/** What must not reach version control; encrypted files may. */
const IGNORED = ['.env', '.env.*', '.coaia-env', '.coaia-env.*', '!*.age'] as const;

/** Makes the file, mode 0600. Throws COAIA-0510 when there is one, unless forced: then a copy is kept. */
export async function writeSample(options: SampleOptions): Promise<Sample> {
  const { path, isForced, isProject, cwd } = options;
  const isThere = existsSync(path);
  if (isThere && !isForced)
    throw cliErrors.create('COAIA-0510', `${path} exists already and was not touched.`, {
      hint: 'coaia init --interactive to change it, coaia init --force to begin again with a copy kept',
    });
  const backup = isThere ? backUp(path) : undefined;
  const schema = await writeSchema(options);
  createFolder(dirname(path));
  const body = { $schema: schema, schemaVersion: 1 };
  writeWholeFile(path, `${JSON.stringify(body, null, 2)}\n`);
  return { path, backup, ignored: isProject ? addIgnoreRules(join(cwd, '.gitignore')) : [] };
}

/** Writes the schema where the file can name it by a relative path, so that editors work offline. */
async function writeSchema({ path, env, cwd, isProject }: SampleOptions): Promise<string> {
  const home = isProject ? join(cwd, '.coaia') : homePaths(findHome({ env, cwd })).home;
  const target = join(home, 'schemas', 'coaia.schema.json');
  createFolder(dirname(target));
  const { toConfigSchema } = await loadSettingsTools();
  writeWholeFile(target, `${JSON.stringify(toConfigSchema(), null, 2)}\n`);
  const short = relative(dirname(path), target).replaceAll('\\', '/');
  return short.startsWith('..') ? short : `./${short}`;
}

/** Adds the rules that are missing; returns those. */
export function addIgnoreRules(path: string): readonly string[] {
  let added: readonly string[] = [];
  updateFile(path, () => {
    const text = readSmallFile(path) ?? '';
    const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()));
    added = IGNORED.filter((rule) => !lines.has(rule));
    if (added.length === 0) return undefined;
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${gap}${added.join('\n')}\n`;
  });
  return added;
}
