import { EXIT } from '#base';
import { configErrors, loadSettingsTools, readSmallFile, toAbsolutePath } from '#config';
import type { SettingsProblem } from '#config';
import { defineCommand } from '#surface';
import { usageError } from '../../errors.ts';
import { findSettingsFiles } from './files.ts';

/** `coaia.json, line 3: port takes ...`. */
function toLine({ path, line, key, message, severity }: SettingsProblem): string {
  const where = line === undefined ? path : `${path}, line ${line}`;
  return `${severity === 'error' ? 'Error' : 'Warning'}: ${where}: ${key} ${message}.`;
}

export const command = defineCommand({
  words: 'config validate',
  summary: 'Check settings files: every key and value, with lines',
  description:
    'Without a file all that count here are checked. Exit 3 for errors; warnings do not count.',
  positionals: [{ name: 'file', summary: 'A coaia.json; default all that count here' }],
  options: {},
  examples: ['coaia config validate', 'coaia config validate --json'],
  run: async (context, { args }) => {
    const { out, flags } = context;
    const files =
      args.file === undefined
        ? findSettingsFiles(context)
        : [{ path: toAbsolutePath(args.file, context), isOwn: false }];
    const { findSettingsProblems } = await loadSettingsTools();
    const problems = files.flatMap(({ path, isOwn }) => {
      const text = readSmallFile(path);
      if (text === undefined) throw usageError(`There is no file ${path}.`);
      return findSettingsProblems(path, text, isOwn);
    });
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    if (flags.json) out.json({ ok: errors === 0, files: files.map(({ path }) => path), problems });
    else {
      for (const problem of problems) out.line(toLine(problem));
      out.confirm(`${files.length} files, ${errors} errors, ${problems.length - errors} warnings`);
    }
    if (errors === 0) return EXIT.done;
    if (flags.json) return EXIT.config;
    throw configErrors.create('COAIA-0214', 'The settings are not valid.', {
      hint: 'coaia config schema',
    });
  },
});
