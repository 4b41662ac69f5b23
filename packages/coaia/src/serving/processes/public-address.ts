/** Whether a gateway may be reached from outside this machine. */
import { isLoopback } from '#egress';
import { gatewayFailures } from '../gateway/errors.ts';

/** AO421 for an address beyond this machine without keys, unless that is what was asked for. */
export function requirePublicKeys(options: {
  readonly host: string;
  readonly hasKeys: boolean;
  readonly isInsecure: boolean;
  readonly hint?: string;
}): void {
  if (options.isInsecure || options.hasKeys || isLoopback(options.host)) return;
  throw gatewayFailures.create(
    'AO421',
    `Listening on ${options.host} would let everybody who reaches this machine call the model, because no keys are asked for. Set auth = "keys" under [api] in ao.toml, or AO_API_KEYS, or say --insecure.`,
    { hint: options.hint ?? `ao up --host ${options.host} --api-key KEY` },
  );
}
