/** How served models are asked: through the way out of the program, where whoever runs it allows. */
import type { Clock } from '#base';
import type { SettingValues } from '#config';
import type { Egress } from '#egress';
import type { SecretBox } from '#models';
import type { CallPorts } from '#serving';
import type { Database } from '#store';

export interface CallAccess {
  readonly db: Database;
  readonly clock: Clock;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
  readonly gatewayHosts?: readonly string[];
}

export function toCallPorts(access: CallAccess): CallPorts {
  const { db, clock, egress, secrets, gatewayHosts = [] } = access;
  return {
    db,
    clock,
    secrets,
    gatewayHosts,
    fetch: (url, init) => egress.fetch('serving', url, init),
  };
}

/** From the setting gateway_hosts; names in small letters, as addresses have them. */
export function toGatewayHosts({ gateway_hosts: list = '' }: SettingValues): readonly string[] {
  const hosts = list.split(',').map((host) => host.trim().toLowerCase());
  return hosts.filter((host) => host !== '');
}
