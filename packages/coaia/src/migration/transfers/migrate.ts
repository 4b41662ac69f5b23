/** Copies a project of another server into this store, page by page; a run that was cut off goes on there. */
import type { TransferStepRow } from '#store';
import { KIND_NAMES } from '../kinds/kind-names.ts';
import type { KindName } from '../kinds/kind-names.ts';
import type { Kind } from '../kinds/kind.ts';
import { KINDS } from '../kinds/kinds.ts';
import type { MigrationPorts } from '../ports.ts';
import { findModes, isMissing } from '../sources/source.ts';
import type { Source } from '../sources/source.ts';
import type { Copy } from './copy.ts';
import { copyKind } from './copy-kind.ts';
import { copyMedia } from './copy-media.ts';
import { toRefusal, writeRefusal } from './refusal.ts';
import { readGaps, readSteps, startSteps } from './storage.ts';
import type { TransferKey } from './storage.ts';
import type { KindReport, MigrateInput, MigrateReport } from './transfer.ts';

/**
 * Copies kind by kind. Everything that one page brought is durable together with the place where the next one
 * begins, so a run may be cut off at any time. Rejects when the other server fails or refuses; what was copied stays.
 */
export async function migrate(ports: MigrationPorts, input: MigrateInput): Promise<MigrateReport> {
  const key: TransferKey = {
    projectId: ports.scope.projectId,
    source: `${input.source.baseUrl} ${input.source.publicKey}`,
  };
  const source = await openSource(ports, input);
  const names = KIND_NAMES.filter((name) => input.only.length === 0 || input.only.includes(name));
  const { steps, isResumed } = input.dryRun ? NO_STEPS : await openSteps(ports, key, names, input);
  const kinds: Omit<KindReport, 'gaps'>[] = [];
  for (const name of names) {
    const step = steps.get(name);
    const report = await copyOne(name, { ports, input, key, source, step });
    kinds.push({ ...report, isResumed: isResumed && (step?.read_count ?? 0) > 0 });
  }
  const found = input.dryRun ? [] : await readGaps(ports.db, key);
  const gaps = found.map(({ kind, subject_id: id, reason }) => ({ kind, id, reason }));
  return { source: input.source.baseUrl, dryRun: input.dryRun, kinds: withGaps(kinds, gaps), gaps };
}

const NO_STEPS = { steps: new Map<string, TransferStepRow>(), isResumed: false };

async function openSource(ports: MigrationPorts, { source, since }: MigrateInput): Promise<Source> {
  const api = await ports.openSource(source);
  const modes = await findModes(api);
  return { api, modes, ...(since === undefined ? {} : { since }) };
}

/** The steps of a run that was cut off, otherwise new ones. */
async function openSteps(
  ports: MigrationPorts,
  key: TransferKey,
  names: readonly KindName[],
  { since, restart }: MigrateInput,
) {
  const { db, clock } = ports;
  const options = JSON.stringify({ since: since ?? null });
  const isResumed = !restart && (await hasBegun(ports, key, names, options));
  if (!isResumed) await startSteps(db, key, names, { options, now: clock() });
  return { steps: await readSteps(db, key), isResumed };
}

/** True when a run over these kinds was cut off. */
async function hasBegun(
  { db }: MigrationPorts,
  key: TransferKey,
  names: readonly KindName[],
  options: string,
): Promise<boolean> {
  const steps = await readSteps(db, key);
  const own = names.map((name) => steps.get(name));
  return (
    own.every((step) => step !== undefined && step.options === options) &&
    own.some((step) => step?.done_at === null)
  );
}

type Counts = Omit<KindReport, 'gaps' | 'isResumed'>;

async function copyOne(name: KindName, copy: Copy): Promise<Counts> {
  const { step, source, input } = copy;
  const kind = KINDS.find((one) => one.name === name);
  const note = kind?.note?.(source);
  const base = { kind: name, ...(note === undefined ? {} : { note }) };
  if (step !== undefined && step.done_at !== null)
    return { ...base, read: step.read_count, written: step.written_count };
  if (kind === undefined) return { ...base, ...(await copyMedia(copy)) };
  const isReadable = kind.isReadable?.(source) !== false;
  const counts = isReadable ? await copyOrNote(kind, copy) : NOTHING;
  input.onProgress({ kind: name, ...counts, isDone: true });
  return { ...base, ...counts };
}

/** A kind that the server refuses is reported; the others follow. */
async function copyOrNote(kind: Kind, copy: Copy): Promise<{ read: number; written: number }> {
  try {
    return await copyKind(kind, copy);
  } catch (error) {
    const reason = toRefusal(error);
    if (reason === undefined || copy.input.dryRun) throw error;
    return writeRefusal(copy, kind.name, { reason, isFinal: isMissing(error) });
  }
}

const NOTHING = { read: 0, written: 0 };

function withGaps(
  kinds: readonly Omit<KindReport, 'gaps'>[],
  gaps: MigrateReport['gaps'],
): readonly KindReport[] {
  return kinds.map((report) => ({
    ...report,
    gaps: gaps.filter(({ kind }) => kind === report.kind).length,
  }));
}
