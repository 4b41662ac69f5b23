/** The table of codes in docs/serving-check.md, from the codes themselves. */
import { checkFailures } from '../errors.ts';

/** A row for each code: the first sentence of its explanation. */
export function renderCodeTable(): string {
  const rows = Object.entries(checkFailures.table).map(([code, { explain }]) => {
    const [first = ''] = explain.split(/(?<=\.) (?=[A-Z`])/);
    return `| ${code} | ${first.replaceAll('|', '\\|')} |`;
  });
  return ['| Code | Meaning |', '|---|---|', ...rows].join('\n');
}
