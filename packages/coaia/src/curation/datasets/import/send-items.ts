/** Sends many items: several at a time, in order of the file, and says which were refused. */
import { EXIT, isCoaiaError, type ExitCode } from '#base';
import type { CommandContext } from '#surface';
import type { DatasetItem, DatasetItemInput, DatasetsApi } from '@coaia/client';
import { toCount } from '../text.ts';

/** Calls that are on their way at once; on the embedded store they share a commit. */
const AT_ONCE = 20;

export interface SendReport {
  readonly created: readonly DatasetItem[];
  readonly errors: readonly { readonly index: number; readonly message: string }[];
}

/** Rejects only when the server itself fails; a refused item becomes a line of `errors`. */
export async function sendItems(
  api: DatasetsApi,
  inputs: readonly DatasetItemInput[],
): Promise<SendReport> {
  const created: DatasetItem[] = [];
  const errors: { index: number; message: string }[] = [];
  for (let first = 0; first < inputs.length; first += AT_ONCE) {
    const results = await Promise.allSettled(
      inputs.slice(first, first + AT_ONCE).map((input) => api.createDatasetItem(input)),
    );
    for (const [offset, result] of results.entries()) {
      if (result.status === 'fulfilled') created.push(result.value);
      else errors.push({ index: first + offset, message: toRefusal(result.reason) });
    }
  }
  return { created, errors };
}

/** The sentence of a refusal. What is no refusal of one item (server away, keys wrong) is thrown on. */
function toRefusal(error: unknown): string {
  const isRefusal = isCoaiaError(error) && error.definition.exit === EXIT.failed;
  if (!isRefusal) throw error;
  return error.message;
}

/** Prints what was stored and what was not; the exit code is 0, 5 (some) or 1 (none). */
export function printSendReport(
  { out, flags }: Pick<CommandContext<never>, 'out' | 'flags'>,
  { created, errors }: SendReport,
): ExitCode {
  if (flags.json) out.json({ created: created.map(({ id }) => id), errors });
  else out.confirm(`Stored ${toCount(created.length, 'item')}.`);
  for (const { index, message } of errors.slice(0, 10)) out.notice(`Item ${index + 1}: ${message}`);
  if (errors.length === 0) return EXIT.done;
  out.notice(`${toCount(errors.length, 'item')} refused.`);
  return created.length === 0 ? EXIT.failed : EXIT.partial;
}
