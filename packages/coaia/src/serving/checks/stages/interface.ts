/** Files of model-interface/: what is generated now equals what is on disk. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../../signatures/finding.ts';
import { renderInterface } from '../../signatures/interface.ts';
import type { CheckContext } from '../context.ts';
import { none, ok, unmeasured } from '../report.ts';
import type { StageResult } from '../report.ts';

/** AO210. */
export async function checkInterface(context: CheckContext): Promise<StageResult> {
  const { project, isFixing } = context;
  const reports = await Promise.all(
    project.models.map(async (model) => ({ model, report: await context.readModel(model) })),
  );
  if (reports.length === 0) return { notes: [none('contract: there is no model')], findings: [] };
  const broken = reports.find(({ report }) =>
    report.findings.some(({ severity }) => severity === 'error'),
  );
  if (broken !== undefined)
    return {
      notes: [unmeasured('contract', `the signature of \`${broken.model.name}\` is not known`)],
      findings: [],
    };
  const models = reports.map(({ model, report }) => ({
    name: model.name,
    signature: report.signature,
  }));
  const stale = [...renderInterface(project, models)].filter(
    ([file, text]) => read(join(project.folder, file)) !== text,
  );
  const count = models.reduce((sum, { signature }) => sum + signature.inputs.length, 0);
  const note = ok(`contract (${count} ${count === 1 ? 'input' : 'inputs'} checked)`);
  if (stale.length === 0) return { notes: [note], findings: [] };
  if (!isFixing) {
    return {
      notes: [],
      findings: stale.map(([file, text]) => toFinding(project.folder, file, text)),
    };
  }
  for (const [file, text] of stale) {
    mkdirSync(dirname(join(project.folder, file)), { recursive: true });
    writeFileSync(join(project.folder, file), text);
  }
  return { notes: [note], findings: [], fixed: stale.map(([file]) => `${file}: written again`) };
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function toFinding(folder: string, file: string, text: string): Finding {
  const before = read(join(folder, file));
  const shared = { code: 'AO210', severity: 'error', file, fix: 'ao check --fix' } as const;
  if (before === undefined)
    return {
      ...shared,
      message: `${file} is missing: callers read there what the model takes and gives.`,
      cause: 'It is generated from the signature, and was not generated yet.',
    };
  const now = text.split('\n');
  const then = before.split('\n');
  const index = now.findIndex((line, at) => line !== then[at]);
  const at = index === -1 ? now.length : index;
  return {
    ...shared,
    line: at + 1,
    message: `${file} is not what the signature gives now.`,
    cause: `Line ${at + 1} is ${quote(then[at])} and should be ${quote(now[at])}: the model changed after the file was written, the file was edited, or ao was updated.`,
  };
}

function quote(line: string | undefined): string {
  return line === undefined ? 'absent' : `"${line.trim().slice(0, 80)}"`;
}
