/** Exports over one open store: what their routes and commands take. */
import { systemClock } from '#base';
import type { Clock, Scope } from '#base';
import { toAbsolutePath } from '#config';
import type { Env, SettingValues } from '#config';
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

/** From the settings export_folder, which is below the home unless it is a whole path, and export_hosts. */
export function toExportRules(values: SettingValues, home: string, env: Env): ExportRules {
  const { export_folder: folder, export_hosts: list = '' } = values;
  const hosts = list.split(',').map((host) => host.trim());
  return {
    exportFolder: folder === undefined ? undefined : toAbsolutePath(folder, { cwd: home, env }),
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
    ...toExportRules(values, paths.home, env),
  });
  return openLocalExports(ports, scope);
}
