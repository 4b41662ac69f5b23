/** Exports over one open store: what their routes and commands take. */
import { systemClock } from '#base';
import type { Clock, Scope } from '#base';
import type { SettingValues } from '#config';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { openSecretBox } from '#models';
import type { SecretBox } from '#models';
import { openLocalExports } from '#observability';
import type { ExportPorts } from '#observability';
import type { Database } from '#store';
import type { ExportsApi } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';

/** Where projects may export to; what is set by whoever runs the server. */
export interface ExportRules {
  readonly exportFolder?: string | undefined;
  readonly exportHosts: readonly string[];
}

/** From the settings export_folder and export_hosts. */
export function toExportRules(values: SettingValues): ExportRules {
  const hosts = (values.export_hosts ?? '').split(',').map((host) => host.trim());
  return {
    exportFolder: values.export_folder,
    exportHosts: hosts.filter((host) => host !== ''),
  };
}

export interface ExportAccess extends ExportRules {
  readonly db: Database;
  readonly clock?: Clock;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly secrets: SecretBox;
}

export function toExportPorts({ clock = systemClock, ...access }: ExportAccess): ExportPorts {
  return { clock, ...access };
}

/** For commands on the store in this home. */
export function openExports(
  db: Database,
  scope: Scope,
  { env, ledgerPath, offline, settings }: OpenNeedOptions,
): Promise<ExportsApi> {
  const { paths, values } = settings;
  const ports = toExportPorts({
    db,
    egress: createEgress({ offline, ledgerPath, env }),
    secrets: openSecretBox({ folder: paths.keys, key: values.encryption_key }),
    ...toExportRules(values),
  });
  return openLocalExports(ports, scope);
}
