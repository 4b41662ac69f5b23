/** What stands behind the commands that share templates: the web, git and other servers, never the store. */
import { allowConnection, createEgress, isLoopback, toUnreachable } from '#egress';
import type { Egress } from '#egress';
import { openRemoteCalls } from '#observability';
import { sharingFailures } from '#pipelines';
import type { SharingApi } from '#pipelines';
import { createClient, createPipelinesApi } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';

export function openSharing(options: OpenNeedOptions): SharingApi & { readonly close: () => void } {
  const { offline, ledgerPath, env, settings } = options;
  const egress = createEgress({ offline, ledgerPath, env });
  return {
    home: settings.paths.home,
    env,
    readUrl: (address, maxBytes) => readUrl(egress, address, maxBytes),
    allowGit: (host, port) => allowConnection({ offline, ledgerPath }, 'git', host, port),
    openServer: async (address) => {
      const client = createClient({
        baseUrl: address,
        ...findKeys(options, address),
        fetch: (input, init) => egress.fetch('templates', input, init),
      });
      return openRemoteCalls(createPipelinesApi(client));
    },
    close: () => egress.close(),
  };
}

/** Those of the settings when they are for this server, else those for remotes. */
function findKeys({ env, settings: { values } }: OpenNeedOptions, address: string) {
  const isOwn = values.langfuse_base_url === address;
  const publicKey = isOwn ? values.langfuse_public_key : env['COAIA_REMOTE_PUBLIC_KEY'];
  const secretKey = isOwn ? values.langfuse_secret_key : env['COAIA_REMOTE_SECRET_KEY'];
  if (publicKey !== undefined && secretKey !== undefined) return { publicKey, secretKey };
  throw sharingFailures.create('COAIA-5326', `There are no keys for ${address}.`, {
    hint: 'set COAIA_REMOTE_PUBLIC_KEY and COAIA_REMOTE_SECRET_KEY',
  });
}

/** Only https, or this machine; no other address instead of the one that was named. */
async function readUrl(egress: Egress, address: string, maxBytes: number): Promise<string> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) throw refuse(`${address} is no address`);
  if (url.protocol !== 'https:' && !isLoopback(url.hostname))
    throw refuse(`Templates come over https only, not from ${url.origin}`);
  let answer: Response;
  try {
    answer = await egress.fetch('templates', url, { redirect: 'manual' });
  } catch (error) {
    throw toUnreachable(error, address);
  }
  if (!answer.ok) throw refuse(`${url.host} answered ${answer.status} instead of a template`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw refuse(`${url.host} sends more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(message: string) {
  return sharingFailures.create('COAIA-5320', `${message}.`);
}
