import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  configErrors,
  createFolder,
  loadSettingsTools,
  readSmallFile,
  toEditPath,
  updateFile,
} from '#config';
import { defineCommand } from '#surface';
import { toEditPlace } from './settings.ts';

/** The text after editing a private copy beside the file. Throws COAIA-0215 when the editor fails. */
function editText(
  path: string,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const editor =
    env['VISUAL'] || env['EDITOR'] || (process.platform === 'win32' ? 'notepad' : 'vi');
  const folder = mkdtempSync(join(dirname(path), '.edit-'));
  const copy = join(folder, basename(path));
  try {
    writeFileSync(copy, text, { mode: 0o600 });
    // The editor may come with options of its own, so a shell reads it; the path is a word by itself.
    const words = process.platform === 'win32' ? `${editor} "${copy}"` : `${editor} "$1"`;
    const { status, error } =
      process.platform === 'win32'
        ? spawnSync(words, { shell: true, stdio: 'inherit', env: { ...env } })
        : spawnSync('sh', ['-c', words, 'sh', copy], { stdio: 'inherit', env: { ...env } });
    if (error !== undefined || status !== 0)
      throw configErrors.create('COAIA-0215', `The editor ${editor} ended with an error.`, {
        hint: 'export EDITOR=nano',
      });
    return readSmallFile(copy) ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const command = defineCommand({
  words: 'config edit',
  summary: 'Edit the settings file in your editor; it is checked before it counts',
  positionals: [],
  options: { project: { type: 'boolean', summary: 'Edit ./coaia.json' } },
  examples: ['coaia config edit', 'EDITOR=nano coaia config edit --project'],
  run: async (context, { options }) => {
    const { out, env } = context;
    const isProject = options.project === true;
    const path = toEditPath(toEditPlace(context, isProject));
    createFolder(dirname(path));
    const before = readSmallFile(path) ?? '{}\n';
    const after = editText(path, before, env);
    if (after === before) {
      out.confirm('Nothing changed.');
      return;
    }
    const { findSettingsProblems } = await loadSettingsTools();
    const problems = findSettingsProblems(path, after, !isProject);
    for (const { line, key, message } of problems)
      out.notice(`${path}${line === undefined ? '' : `, line ${line}`}: ${key} ${message}.`);
    if (problems.some(({ severity }) => severity === 'error'))
      throw configErrors.create(
        'COAIA-0215',
        `The edited settings are not valid; ${path} is unchanged.`,
        {
          hint: 'coaia config edit',
        },
      );
    updateFile(path, () => after);
    out.confirm(`Wrote ${path}`);
  },
});
