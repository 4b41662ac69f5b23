/** `coaia migrate coaiapy`: what CoAiAPy left on this machine, taken over. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import { inspectCoaiapy } from '../coaiapy/inspect.ts';
import type { Finding } from '../coaiapy/finding.ts';

export const command = defineCommand({
  words: 'migrate coaiapy',
  summary: 'Take over settings, environments, templates and caches of CoAiAPy',
  description:
    'Looks at ~/coaia.json, ~/.coaia and this folder, says what each file means here, and asks before anything is changed. Files that change keep a copy beside them; secrets are not shown. Running it again changes nothing more. Exit 5 when a file cannot be used.',
  positionals: [],
  options: { 'dry-run': { type: 'boolean', summary: 'Only say what would be done' } },
  examples: ['coaia migrate coaiapy --dry-run', 'coaia migrate coaiapy --yes'],
  async run(context, { options }) {
    const { out, flags } = context;
    const findings = await inspectCoaiapy(context);
    const open = findings.filter(({ apply }) => apply !== undefined);
    if (!flags.json) printPlan(out, findings);
    const isWanted = open.length > 0 && options['dry-run'] !== true;
    const isDone = isWanted && (await context.confirm(`Change ${open.length} files?`));
    const backups = isDone
      ? open.flatMap(({ path, apply }) => {
          const backup = apply?.();
          return backup === undefined ? [] : [{ path, backup }];
        })
      : [];
    if (flags.json) {
      const files = findings.map(({ apply: _apply, changes, ...rest }) => ({
        ...rest,
        changes: changes.map(({ text }) => text),
      }));
      out.json({ changed: isDone ? open.length : 0, backups, files });
    } else printDone(out, findings, isDone ? open.length : 0, backups);
    return findings.some(({ problem }) => problem !== undefined) ? EXIT.partial : EXIT.done;
  },
});

function printPlan(out: Output, findings: readonly Finding[]): void {
  if (findings.length === 0) out.line('CoAiAPy left nothing here.');
  for (const { path, kind, note, changes, unmapped, problem } of findings) {
    out.line(`${out.style('bold', path)}  ${kind}: ${note}`);
    if (problem !== undefined) out.line(`  ${out.style('error', 'cannot be used')}: ${problem}`);
    for (const { text } of changes) out.line(`  ${text}`);
    for (const text of unmapped) out.line(`  ${out.style('muted', 'stays')}: ${text}`);
  }
}

function printDone(
  out: Output,
  findings: readonly Finding[],
  changed: number,
  backups: readonly { readonly path: string; readonly backup: string }[],
): void {
  for (const { path, backup } of backups) out.confirm(`Wrote ${path}; the old file is ${backup}`);
  const unmapped = findings.reduce((sum, one) => sum + one.unmapped.length, 0);
  out.confirm(
    `${findings.length} files seen, ${changed} changed, ${unmapped} keys that nothing here reads`,
  );
}
