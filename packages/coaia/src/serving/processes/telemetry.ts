/** Where the spans and counters of a gateway go, if anywhere. */
import { resolveSettings } from '#config';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { readTelemetrySettings } from '../gateway/telemetry.ts';
import type { TelemetrySettings } from '../gateway/telemetry.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Undefined without OTEL_EXPORTER_OTLP_ENDPOINT. Under COAIA_OFFLINE only a collector on this machine is reached. */
export function findTelemetry(
  { cwd, env }: { readonly cwd: string; readonly env: Env },
  service: string,
): (TelemetrySettings & { readonly fetch: Egress['fetch'] }) | undefined {
  const settings = readTelemetrySettings(env, service);
  if (settings === undefined) return undefined;
  const { paths, values } = resolveSettings({ cwd, env });
  const { fetch } = createEgress({
    offline: values.offline,
    ledgerPath: paths.egressLedger,
    env,
  });
  return { ...settings, fetch };
}
