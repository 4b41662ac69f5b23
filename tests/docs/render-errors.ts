/** docs/reference/errors.md: one heading per code. */
import type { ErrorDefinition } from '../../packages/coaia/src/base/index.ts';
import { toPageHead } from './markdown.ts';

/** Codes of one room. */
export interface RoomErrors {
  readonly room: string;
  readonly codes: Readonly<Record<string, ErrorDefinition>>;
}

/** Sorted by code, so that blocks of rooms stay together. */
export function renderErrors(tables: readonly RoomErrors[]): string {
  const rows = tables
    .flatMap(({ room, codes }) =>
      Object.entries(codes).map(([code, definition]) => ({ room, code, ...definition })),
    )
    .toSorted((a, b) => a.code.localeCompare(b.code, 'en'));
  const head = toPageHead(
    'Errors',
    'Every code a command or an answer may carry. `coaia explain CODE` prints the same text.',
  );
  const sections = rows.flatMap(({ room, code, status, exit, name, explain }) => [
    `## ${code}`,
    '',
    explain,
    '',
    `Room \`${room}\`, HTTP status ${status} (\`${name}\`), exit code ${exit}.`,
    '',
  ]);
  return [...head, ...sections].join('\n');
}
