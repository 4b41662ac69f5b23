/** Delivering what was recorded: to the api, or to the spool when that fails. */
import type { IngestionEvent } from '#base';
import type { CommandContext } from '#surface';
import type { ObservabilityApi } from '@coaia/client';
import type { Destination } from './destination.ts';
import { hasSpool, sendSpool, writeSpool } from './spool.ts';

type Context = Pick<CommandContext<ObservabilityApi>, 'open' | 'out'>;

/**
 * Stores the events or keeps them for later; never rejects, because the recorded command's own result counts.
 * Returns true when they were stored. After a success what waits from earlier is sent too.
 */
export async function deliver(
  context: Context,
  destination: Destination,
  name: string,
  events: readonly IngestionEvent[],
): Promise<boolean> {
  try {
    const api = await context.open();
    const result = await api.ingest(events);
    const [first] = result.errors;
    if (first !== undefined)
      context.out.notice(
        `${name}: the server refused the recording: ${first.message ?? first.status}`,
      );
    await sendWaiting(api, destination);
    return true;
  } catch (error) {
    keep(context, destination, name, events, error as Error);
    return false;
  }
}

/** Sends what waits, quietly: it stays where it is when this fails. */
async function sendWaiting(api: ObservabilityApi, { spool, name }: Destination): Promise<void> {
  if (spool === undefined || !hasSpool(spool)) return;
  try {
    await sendSpool(spool, name, api);
  } catch {
    // The next command tries again.
  }
}

function keep(
  { out }: Context,
  destination: Destination,
  name: string,
  events: readonly IngestionEvent[],
  reason: Error,
): void {
  try {
    if (destination.spool === undefined) throw new Error('there is no home folder to keep it in');
    writeSpool(destination.spool, { destination: destination.name, name }, events);
    out.notice(`${name}: not delivered (${reason.message}) Kept for later: coaia spool list`);
  } catch (error) {
    out.notice(`${name}: the recording is lost: ${reason.message} ${(error as Error).message}`);
  }
}
