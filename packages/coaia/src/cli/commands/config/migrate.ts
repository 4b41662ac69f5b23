import {
  backUp,
  loadSettingsTools,
  parseJsonRecord,
  readSmallFile,
  toAbsolutePath,
  toMasked,
  updateFile,
} from '#config';
import type { KeyMove, SettingsTools } from '#config';
import { defineCommand } from '#surface';
import { findSettingsFiles } from './files.ts';

interface Plan {
  readonly path: string;
  readonly moves: readonly KeyMove[];
}

function findPlan(path: string, { moveOldKeys }: SettingsTools): Plan {
  const record = parseJsonRecord(path, readSmallFile(path) ?? '') ?? {};
  return { path, moves: moveOldKeys(record).moves };
}

/** The difference, secrets masked. */
function renderPlan({ path, moves }: Plan): readonly string[] {
  return [
    `--- ${path}`,
    ...moves.flatMap(({ from, to, value, isDropped }) => {
      const text = JSON.stringify(toMasked(from.replaceAll('.', '_'), String(value)));
      return [`- ${from}: ${text}`, ...(isDropped ? [] : [`+ ${to}: ${text}`])];
    }),
  ];
}

export const command = defineCommand({
  words: 'config migrate',
  summary: 'Turn keys of CoAiAPy and coaiajs into names of settings',
  description:
    'Shows the difference first, secrets masked, and keeps a copy beside each file. Both spellings are read, so this is never necessary; CoAiAPy itself reads only the old ones.',
  positionals: [{ name: 'file', summary: 'A coaia.json; default all that count here' }],
  options: { 'dry-run': { type: 'boolean', summary: 'Only show the difference' } },
  examples: ['coaia config migrate --dry-run', 'coaia config migrate --yes'],
  run: async (context, { args, options }) => {
    const { out, flags } = context;
    const paths =
      args.file === undefined
        ? findSettingsFiles(context).map(({ path }) => path)
        : [toAbsolutePath(args.file, context)];
    const tools = await loadSettingsTools();
    const plans = paths
      .map((path) => findPlan(path, tools))
      .filter(({ moves }) => moves.length > 0);
    const isReal = options['dry-run'] !== true;
    if (!flags.json) {
      for (const line of plans.flatMap(renderPlan)) out.line(line);
      if (plans.length === 0) out.confirm('No file has old keys.');
    }
    const done = isReal && plans.length > 0 && (await context.confirm('Write these files?'));
    const backups = done ? plans.map(({ path }) => [path, backUp(path)] as const) : [];
    for (const [path] of backups) {
      updateFile(path, () => {
        const record = parseJsonRecord(path, readSmallFile(path) ?? '') ?? {};
        return `${JSON.stringify(tools.moveOldKeys(record).record, null, 2)}\n`;
      });
    }
    if (flags.json) {
      const files = plans.map(({ path, moves }) => ({
        path,
        backup: backups.find(([one]) => one === path)?.[1] ?? null,
        moves: moves.map(({ from, to, isDropped }) => ({ from, to: isDropped ? null : to })),
      }));
      out.json({ written: done, files });
    } else
      for (const [path, copy] of backups) out.confirm(`Wrote ${path}; the old file is ${copy}`);
  },
});
