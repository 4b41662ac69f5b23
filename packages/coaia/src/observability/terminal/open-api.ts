/** Opening the interface, after delivering what earlier commands could not. */
import { existsSync } from 'node:fs';
import type { CommandContext } from '#surface';
import type { ObservabilityApi } from '@coaia/client';

type Context = Pick<CommandContext<ObservabilityApi>, 'open' | 'env' | 'cwd' | 'flags' | 'out'>;

/** Opens what the command needs. What waits in the spool goes first, so that a read sees it. */
export async function openApi(context: Context): Promise<ObservabilityApi> {
  const api = await context.open();
  const { findHome, homePaths } = await import('#config');
  const { spool } = homePaths(findHome(context));
  if (existsSync(spool)) await sendWaiting(context, api, spool);
  return api;
}

async function sendWaiting(context: Context, api: ObservabilityApi, spool: string): Promise<void> {
  const { hasSpool, sendSpool } = await import('../spans/spool.ts');
  if (!hasSpool(spool)) return;
  const { findDestination } = await import('../spans/destination.ts');
  const { name } = await findDestination(context);
  const { sent } = await sendSpool(spool, name, api);
  if (sent > 0) context.out.notice(`Delivered ${sent} events that waited.`);
}
