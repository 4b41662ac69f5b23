import { openDatabase, readServerLock } from '#store';
import type { Database, StoreInfo } from '#store';
import { defineCommand } from '#surface';
import { renderBytes } from './byte-size.ts';
import { findStore } from './store-location.ts';

export const command = defineCommand({
  words: 'db info',
  summary: 'Show where the store is, its size, schema and row counts',
  positionals: [],
  options: {},
  examples: ['coaia db info', 'coaia db info --json'],
  run: async (context) => {
    const { location, home, durability } = findStore(context);
    const db = await openDatabase(location, {
      mode: 'process',
      migrate: 'never',
      readOnly: true,
      durability,
    });
    try {
      const info = await db.info();
      const rows = await readTotals(db);
      const server = readServerLock(home);
      const { commits: _, ...shown } = info;
      if (context.flags.json) {
        context.out.json({ ...shown, rows, server: server?.url ?? null });
        return;
      }
      for (const [name, value] of toLines(info, rows)) {
        context.out.line(`${name.padEnd(14)}${value}`);
      }
      const url = server === undefined ? 'not running' : (server.url ?? `process ${server.pid}`);
      context.out.line(`${'server'.padEnd(14)}${url}`);
    } finally {
      await db.close();
    }
  },
});

type Totals = Readonly<Record<string, number>>;

/** From the kept counters, so that it costs the same for any size; `coaia db check` compares them. */
async function readTotals(db: Database): Promise<Totals> {
  const rows = await db.read<{ readonly name: string; readonly total: number }>(
    'SELECT name, SUM(value) AS total FROM counters GROUP BY name',
  );
  const totals: Record<string, number> = { traces: 0, observations: 0, sessions: 0, scores: 0 };
  for (const { name, total } of rows) totals[name] = total;
  return totals;
}

function toLines(info: StoreInfo, rows: Totals): readonly (readonly [string, string])[] {
  const engine = info.dialect === 'sqlite' ? 'SQLite' : 'Postgres';
  const log = info.walBytes > 0 ? ` (and ${renderBytes(info.walBytes)} log)` : '';
  const promise =
    info.durability === 'full'
      ? 'full (survives a power cut)'
      : 'relaxed (a power cut may lose the last moments)';
  return [
    ['store', info.location],
    ['engine', `${engine} ${info.engineVersion}`],
    ['schema', `${info.schemaVersion} (this program knows ${info.latestSchemaVersion})`],
    ['size', `${renderBytes(info.bytes)}${log}`],
    ['durability', promise],
    ...Object.entries(rows).map(([name, total]) => [name, String(total)] as const),
  ];
}
