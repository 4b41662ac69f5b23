/** A report as people read it: what is in order in a few lines, then every finding with its way out. */
import type { Output } from '#surface';
import type { Finding } from '../signatures/finding.ts';
import { STAGES } from './report.ts';
import type { CheckReport, Note, Stage } from './report.ts';

const GAP = '      ';

export interface PrintOptions {
  /** Findings only. */
  readonly isQuiet: boolean;
  /** Warnings fail the check. */
  readonly isStrict: boolean;
  /** Stages that were asked for; all when empty. */
  readonly only: readonly Stage[];
}

export function printReport(out: Output, report: CheckReport, options: PrintOptions): void {
  const { isQuiet } = options;
  const { stages } = report;
  const all = stages.flatMap((stage) => stage.notes);
  // Two languages may have the same to say.
  const notes = [...new Map(all.map((note) => [note.text, note])).values()];
  const fixed = stages.flatMap((stage) => stage.fixed);
  const findings = stages.flatMap((stage) => stage.findings);
  const head = [
    ...(isQuiet ? [] : packNotes(notes, out)),
    ...fixed.map((text) => `${out.style('accent', 'fixed')}  ${text}`),
  ];
  const blocks = [head, ...renderFindings(out, findings)];
  if (!isQuiet) blocks.push([toSummary(report, options)]);
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  if (lines.length > 0) out.line(lines.join('\n\n'));
}

/** As many notes a line as fit. */
function packNotes(notes: readonly Note[], out: Output): readonly string[] {
  const lines: { width: number; parts: string[] }[] = [];
  for (const { state, text } of notes) {
    const mark = state === 'ok' ? out.style('ok', 'ok') : out.style('muted', '--');
    const width = text.length + 4;
    const last = lines.at(-1);
    if (last !== undefined && last.width + GAP.length + width <= out.width) {
      last.parts.push(`${mark}  ${text}`);
      last.width += GAP.length + width;
    } else lines.push({ width, parts: [`${mark}  ${text}`] });
  }
  return lines.map(({ parts }) => parts.join(GAP));
}

/** Of one code so many are shown; JSON has all. */
const MOST = 20;

function renderFindings(out: Output, findings: readonly Finding[]): readonly (readonly string[])[] {
  const counts = new Map<string, number>();
  const blocks = findings.flatMap((finding) => {
    const count = (counts.get(finding.code) ?? 0) + 1;
    counts.set(finding.code, count);
    return count > MOST ? [] : [renderFinding(out, finding)];
  });
  const rest = [...counts]
    .filter(([, count]) => count > MOST)
    .map(([code, count]) => [`And ${count - MOST} more of ${code}; ao check --json has all.`]);
  return [...blocks, ...rest];
}

function renderFinding(out: Output, finding: Finding): readonly string[] {
  const { code, severity, message, cause, fix } = finding;
  const isError = severity === 'error';
  const kind = out.style(isError ? 'error' : 'warn', isError ? 'error' : 'warning');
  const place = toPlace(finding);
  return [
    [kind, out.style('bold', code), place].filter((word) => word !== '').join('  '),
    `  ${message}`,
    ...(cause === undefined ? [] : [`  ${out.style('muted', 'why')}  ${cause}`]),
    `  ${out.style('muted', 'fix')}  ${fix}`,
  ];
}

/** `model-service/model.py:12`. */
export function toPlace({ file, line }: Finding): string {
  if (file === undefined) return '';
  return line === undefined ? file : `${file}:${line}`;
}

function toSummary(report: CheckReport, { only, isStrict }: PrintOptions): string {
  const { errors, warnings, unmeasured } = report;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const left = only.length === 0 ? [] : STAGES.filter((stage) => !only.includes(stage));
  const isWhole = unmeasured.length === 0 && left.length === 0;
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  const some = `${parts.join(', ')}${errors === 0 ? toWarned(warnings, isStrict) : ''}.`;
  const nothing = `Everything ${isWhole ? '' : 'that was looked at '}is in order.`;
  return [
    parts.length > 0 ? some : nothing,
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join(', ')}.`] : []),
    ...(left.length > 0 ? [`Not looked at: ${left.join(', ')}.`] : []),
    ...(parts.length > 0 ? ['ao explain CODE says more about a code.'] : []),
  ].join(' ');
}

function toWarned(warnings: number, isStrict: boolean): string {
  if (!isStrict) return ', nothing that stops you';
  return `, and --strict counts ${warnings === 1 ? 'it' : 'them'}`;
}
