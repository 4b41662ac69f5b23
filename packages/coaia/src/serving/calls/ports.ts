/** What calls of the workbench to gateways need. */
import type { Clock } from '#base';
import type { EgressInit } from '#egress';
import type { Database } from '#store';
import { needs } from '#surface';
import type { SecretSeal } from '../versions/ports.ts';

export interface CallPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Through the one way out of the program. */
  readonly fetch: (url: string, init: EgressInit) => Promise<Response>;
  /** Hosts of gateways that are asked wherever their announcement came from. */
  readonly gatewayHosts: readonly string[];
  /** Opens what gateways that ask for keys announced. */
  readonly secrets: SecretSeal;
}

export const callPorts = needs<CallPorts>('model-calls');
