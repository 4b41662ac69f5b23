import { findNearest } from '#base';
import type { ErrorDefinition } from '#base';
import { defineCommand } from '#surface';
import { allErrorTables } from '../error-tables.ts';
import { cliErrors } from '../errors.ts';
import { toWrapped } from '../help.ts';

/** `coaia-42`, `0042` and `42` all mean COAIA-0042. */
function toCode(text: string): string {
  const digits = /^(?:coaia[-_ ]?)?(\d{1,4})$/i.exec(text.trim())?.[1];
  return digits === undefined ? text.trim().toUpperCase() : `COAIA-${digits.padStart(4, '0')}`;
}

async function readTable(): Promise<Readonly<Record<string, ErrorDefinition>>> {
  const tables = await Promise.all(allErrorTables.map(({ load }) => load()));
  return Object.assign({}, ...tables) as Record<string, ErrorDefinition>;
}

export const command = defineCommand({
  words: 'explain',
  summary: 'Explain an error code, offline',
  positionals: [{ name: 'code', summary: 'A code like COAIA-0501; nothing: list all codes' }],
  options: {},
  examples: ['coaia explain COAIA-0501', 'coaia explain 501', 'coaia explain'],
  run: async ({ out, flags }, { args }) => {
    const table = await readTable();
    if (args.code === undefined) {
      const rows = Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1));
      if (flags.json)
        out.json(
          rows.map(([code, { exit, status, explain }]) => ({ code, exit, status, explain })),
        );
      else
        for (const [code, { explain }] of rows)
          out.line(`${code}  ${explain.split(/(?<=\.) /)[0] ?? ''}`);
      return;
    }
    const code = toCode(args.code);
    const found = table[code];
    if (found === undefined) {
      const [nearest] = findNearest(code, Object.keys(table));
      throw cliErrors.create('COAIA-0505', `There is no error code ${code}.`, {
        hint: nearest === undefined ? 'coaia explain' : `coaia explain ${nearest}`,
      });
    }
    const { exit, status, name, explain } = found;
    if (flags.json) out.json({ code, exit, status, name, explain });
    else {
      out.line(`${out.style('bold', code)}  exit ${exit}, HTTP ${status}`);
      for (const line of toWrapped(explain, out.width)) out.line(line);
    }
  },
});
