/** Writing several score configs, with an account of what became of each. */
import { isCoaiaError } from '#base';
import type { Output } from '#surface';
import type { ScoreConfig, ScoreConfigInput, ScoresApi } from '@coaia/client';
import { scoreFailures } from '../scores/errors.ts';

/** What to do with a config whose name is taken, compared without regard to case. */
export type OnDuplicate = 'skip' | 'create' | 'replace';

export interface InstallReport {
  readonly created: readonly ScoreConfig[];
  readonly replaced: readonly ScoreConfig[];
  /** Names that were taken. */
  readonly skipped: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

/** Writes the configs one after the other; one that is refused does not stop the rest. */
export async function installConfigs(
  api: ScoresApi,
  existing: readonly ScoreConfig[],
  inputs: readonly ScoreConfigInput[],
  onDuplicate: OnDuplicate,
): Promise<InstallReport> {
  const taken = new Map(existing.map((config) => [config.name.toLowerCase(), config]));
  const created: ScoreConfig[] = [];
  const replaced: ScoreConfig[] = [];
  const skipped: string[] = [];
  const failed: { name: string; error: string }[] = [];
  for (const input of inputs) {
    const before = taken.get(input.name.toLowerCase());
    if (before !== undefined && onDuplicate === 'skip') {
      skipped.push(input.name);
      continue;
    }
    try {
      const isReplacing = before !== undefined && onDuplicate === 'replace';
      const config = await (isReplacing
        ? replace(api, before, input)
        : api.createScoreConfig(input));
      taken.set(config.name.toLowerCase(), config);
      (isReplacing ? replaced : created).push(config);
    } catch (error) {
      // Without server or keys the rest would fail alike.
      if (!isCoaiaError(error) || error.definition.exit !== 1) throw error;
      failed.push({ name: input.name, error: error.message });
    }
  }
  return { created, replaced, skipped, failed };
}

/** The type of a config is fixed, so one of another type gives way: it is archived and made anew. */
async function replace(
  api: ScoresApi,
  before: ScoreConfig,
  input: ScoreConfigInput,
): Promise<ScoreConfig> {
  if (before.dataType !== input.dataType) {
    await api.updateScoreConfig(before.id, { isArchived: true });
    return api.createScoreConfig(input);
  }
  const { name, description, categories } = input;
  return api.updateScoreConfig(before.id, {
    name,
    isArchived: false,
    description: description ?? null,
    ...(input.dataType === 'NUMERIC'
      ? { minValue: input.minValue ?? null, maxValue: input.maxValue ?? null }
      : {}),
    ...(categories === undefined ? {} : { categories }),
  });
}

/** Prints the report, then fails when something was refused: COAIA-1087 for a part, COAIA-1082 for all. */
export function printInstall(out: Output, report: InstallReport, isJson: boolean): void {
  if (isJson) out.json(report);
  else {
    for (const { name } of report.created) out.confirm(`Created ${name}.`);
    for (const { name } of report.replaced) out.confirm(`Replaced ${name}.`);
    for (const name of report.skipped) out.confirm(`Skipped ${name}: the name is taken.`);
    const done = report.created.length + report.replaced.length;
    out.confirm(
      `Created ${report.created.length}, replaced ${report.replaced.length}, skipped ${report.skipped.length}, refused ${report.failed.length}.`,
    );
    if (done === 0 && report.skipped.length > 0) out.notice('Nothing changed.');
  }
  const [first] = report.failed;
  if (first === undefined) return;
  const stored = report.created.length + report.replaced.length + report.skipped.length;
  const reason = `"${first.name}" was refused: ${first.error}`;
  throw scoreFailures.create(stored === 0 ? 'COAIA-1082' : 'COAIA-1087', reason);
}
