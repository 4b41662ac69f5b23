/** The store: opens, current, durable, undamaged. */
import { existsSync } from 'node:fs';
import { checkDatabase, openDatabase } from '#store';
import type { StoreInfo, StoreLocation } from '#store';
import type { Check, CheckInput, CheckResult } from './check.ts';
import { fail, ok, toFailed, warn } from './check.ts';

function toLocation({ settings }: CheckInput): StoreLocation | undefined {
  if (settings === undefined) return undefined;
  const url = settings.values.database_url;
  return url === undefined
    ? { kind: 'sqlite', path: settings.paths.database }
    : { kind: 'postgres', url };
}

/** Opens the store without changing it, and looks for damage: all of it with --deep. */
export const checkStore: Check = async (input) => {
  const location = toLocation(input);
  if (location === undefined) return [];
  if (location.kind === 'sqlite' && !existsSync(location.path))
    return ok('store', `${location.path} (not made yet)`);
  try {
    const db = await openDatabase(location, { mode: 'process', migrate: 'never', readOnly: true });
    const info = await db.info().finally(() => db.close());
    return [...toResults(info), await checkContent(input, location)];
  } catch (error) {
    return toFailed(location.kind === 'postgres' ? 'postgres' : 'store', error);
  }
};

function toResults(info: StoreInfo): readonly CheckResult[] {
  const { dialect, location, engineVersion, schemaVersion, latestSchemaVersion } = info;
  const size = `${(info.bytes / 1024 ** 2).toFixed(1)} MiB`;
  return [
    ok('store', `${location}, ${size}, ${dialect} ${engineVersion}`),
    schemaVersion === latestSchemaVersion
      ? ok('schema', `version ${schemaVersion}`)
      : fail(
          'schema',
          `version ${schemaVersion}, this program has ${latestSchemaVersion}`,
          'coaia db migrate',
        ),
  ];
}

async function checkContent(
  { deep, settings }: CheckInput,
  location: StoreLocation,
): Promise<CheckResult> {
  const durability = settings?.values.durability ?? 'full';
  const { findings } = await checkDatabase(location, { deep });
  const texts = findings.map(({ text }) => text);
  if (texts.length === 0) {
    const how = deep ? 'every page and total checked' : 'quick check';
    return durability === 'full'
      ? ok('content', `no damage (${how}), durability full`)
      : warn(
          'content',
          `no damage (${how}), durability relaxed: a power cut may lose the last moments`,
          'coaia config set durability full',
        );
  }
  const hint = findings.every(({ repairable }) => repairable)
    ? 'coaia db check --repair'
    : 'coaia db restore FILE';
  return fail('content', texts.slice(0, 3).join('; '), hint);
}
