import { defineCommand } from '#surface';
import { isMetadata } from '../environment.ts';
import { keyOptions, openEnvironments, readEnvironment } from '../open-environments.ts';
import type { FoundEnvironment } from '../open-environments.ts';
import { readReference } from '../reference.ts';
import { revealOption, toCell, toShownValue } from '../show.ts';

export const command = defineCommand({
  words: 'env diff',
  summary: 'Compare the variables of two environments',
  positionals: [
    { name: 'a', summary: 'Environment: NAME, default, or global:NAME', required: true },
    { name: 'b', summary: 'Environment to compare it with', required: true },
  ],
  options: { ...keyOptions, ...revealOption },
  examples: ['coaia env diff dev prod', 'coaia env diff default global:default --json'],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const [a, b] = [args.a, args.b].map((text) =>
      readEnvironment(context, environments, readReference(environments, text)),
    ) as [FoundEnvironment, FoundEnvironment];
    const names = [...new Set([...Object.keys(a.values), ...Object.keys(b.values)])]
      .filter((name) => !isMetadata(name) && a.values[name] !== b.values[name])
      .toSorted();
    const rows = names.map((name) => ({
      name,
      change: toChange(a.values[name], b.values[name]),
      a: toSide(a, name, options.reveal),
      b: toSide(b, name, options.reveal),
    }));
    if (flags.json) out.json(rows);
    else
      out.table('differences', rows, [
        { header: 'Variable', value: ({ name }) => name },
        { header: 'Change', value: ({ change }) => change },
        { header: args.a, value: (row) => toCell(row.a ?? '') },
        { header: args.b, value: (row) => toCell(row.b ?? '') },
      ]);
  },
});

function toChange(a: string | undefined, b: string | undefined): 'added' | 'removed' | 'changed' {
  if (a === undefined) return 'added';
  return b === undefined ? 'removed' : 'changed';
}

/** What may be shown of a value; null where the environment has none. */
function toSide(
  { values, isEncrypted }: FoundEnvironment,
  name: string,
  isRevealed = false,
): string | null {
  const value = values[name];
  return value === undefined ? null : toShownValue(name, value, { isEncrypted, isRevealed });
}
