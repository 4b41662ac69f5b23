/** `coaia export show`: the export, how far it is, and what it did. */
import { defineCommand } from '#surface';
import type { Column } from '#surface';
import type { BlobExportRun } from '@coaia/client';
import { exportsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'export show',
  summary: 'Show the export of the project, its state and its last runs',
  needs: exportsApi,
  positionals: [],
  options: {},
  examples: ['coaia export show', 'coaia export show --json'],
  async run({ open, out, flags }) {
    const api = await open();
    const [found] = (await api.listExports()).data;
    if (found === undefined) {
      if (flags.json) out.json(null);
      else out.line('This project has no export; coaia export set makes one.');
      return;
    }
    const [status, { data: runs }] = await Promise.all([
      api.getExportStatus(found.id),
      api.listExportRuns(),
    ]);
    if (flags.json) {
      out.json({ ...found, syncStatus: status.syncStatus, runs });
      return;
    }
    const place = found.endpoint === null ? '' : ` at ${found.endpoint}`;
    const lines = {
      target: `${found.type} ${found.bucketName}${place}`,
      files: `${found.fileType}${found.compressed ? ', gzip' : ''}, ${found.exportFrequency}`,
      source: found.exportSource,
      state: status.syncStatus,
      'exported to': status.lastSyncAt ?? 'nothing yet',
      'next at': status.nextSyncAt ?? 'not planned',
      ...(status.lastError === null ? {} : { error: status.lastError }),
    };
    for (const [name, value] of Object.entries(lines)) out.line(`${name.padEnd(13)}${value}`);
    out.table('runs', runs.slice(0, 10), COLUMNS);
  },
});

const COLUMNS: readonly Column<BlobExportRun>[] = [
  { header: 'Window', value: (run) => `${toMinute(run.windowFrom)} to ${toMinute(run.windowTo)}` },
  { header: 'Ended', value: (run) => toMinute(run.endedAt), drop: 1 },
  {
    header: 'Records',
    value: (run) => String(run.files.reduce((total, file) => total + file.rows, 0)),
    align: 'right',
  },
  { header: 'Result', value: (run) => run.error ?? 'done' },
];

const toMinute = (time: string) => time.slice(0, 16);
