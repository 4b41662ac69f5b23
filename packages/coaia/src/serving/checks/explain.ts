/** What is asked about a finding: the finding, what its code means, and the lines around its place. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../signatures/finding.ts';
import { findSecret } from './secrets.ts';
import { toPlace } from './print-report.ts';

/** Lines that go with a finding. */
const CONTEXT = 20;
const LARGEST = 1024 * 1024;

/** The whole question. Lines that hold secrets are left out of it. */
export function toQuestion(folder: string, finding: Finding, meaning: string | undefined): string {
  const { code, message, cause, fix } = finding;
  const lines = readContext(folder, finding);
  return [
    'A statistician deploys a model with the program `ao`. `ao check` reports the finding below. Explain in at most five plain sentences what is wrong here and exactly what to change, with the changed lines if they are known. Do not speak of anything else.',
    '',
    `Finding ${code} at ${toPlace(finding) || 'the project'}: ${message}`,
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
    `Suggested fix: ${fix}`,
    ...(meaning === undefined ? [] : [`What ${code} means: ${meaning}`]),
    ...(lines === undefined ? [] : ['', `Lines of ${finding.file ?? ''}:`, lines]),
  ].join('\n');
}

function readContext(folder: string, { file, line = 1 }: Finding): string | undefined {
  if (file === undefined || file.includes('..')) return undefined;
  const path = join(folder, file);
  if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > LARGEST)
    return undefined;
  const text = readFileSync(path, 'utf8');
  if (text.includes('\0')) return undefined;
  const lines = text.split('\n');
  const start = Math.max(0, Math.min(line - 1 - CONTEXT / 2, lines.length - CONTEXT));
  return lines
    .slice(start, start + CONTEXT)
    .map((one, index) => {
      const shown = findSecret(one) === undefined ? one : '(a line with a secret)';
      return `${start + index + 1}: ${shown}`;
    })
    .join('\n');
}
