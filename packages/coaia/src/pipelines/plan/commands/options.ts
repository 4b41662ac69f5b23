/** What plan and deploy share. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeWholeFile } from '#config';
import type { CommandContext } from '#surface';
import type { Deployed } from '../deploy.ts';
import { planFailures } from '../errors.ts';
import { toJunit, toLines, toSummary, toTotals, toWord } from '../report.ts';

export const planOptions = {
  path: {
    type: 'string',
    placeholder: 'DIR',
    default: '.',
    summary: 'Folder whose files describe the project',
  },
  to: {
    type: 'string',
    placeholder: 'PROFILE',
    isProfile: true,
    summary: 'Profile whose server or store it is for; the same as --profile',
  },
  label: { type: 'string', summary: 'Label for the newest version of each prompt' },
  prune: { type: 'boolean', summary: 'Take away what no file describes, of the kinds described' },
  junit: { type: 'string', placeholder: 'FILE', summary: 'Write a JUnit report' },
  summary: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Append Markdown, for example to "$GITHUB_STEP_SUMMARY"',
  },
} as const;

interface Reports {
  readonly junit: string | undefined;
  readonly summary: string | undefined;
}

/** Prints and writes what is planned, or what was done. */
export function report(
  { out, flags, cwd }: Pick<CommandContext<never>, 'out' | 'flags' | 'cwd'>,
  changes: readonly Deployed[],
  isDone: boolean,
  { junit, summary }: Reports,
): void {
  if (flags.json)
    out.json(
      changes.map(({ apply: _apply, error, ...change }) => ({
        ...change,
        result: toWord({ ...change, error }, isDone),
        ...(error === null ? {} : { error }),
      })),
    );
  else {
    for (const line of toLines(changes, isDone)) out.line(line);
    out.line(`${toTotals(changes, isDone)}.`);
  }
  try {
    if (junit !== undefined) writeWholeFile(toPath(cwd, junit), toJunit(changes, isDone));
    if (summary !== undefined) appendFileSync(toPath(cwd, summary), toSummary(changes, isDone));
  } catch (error) {
    throw planFailures.create('COAIA-5300', 'The report cannot be written.', { cause: error });
  }
}

/** The file's full path; its folder is made. */
function toPath(cwd: string, file: string): string {
  const path = resolve(cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
