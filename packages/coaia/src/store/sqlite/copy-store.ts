/** Copies of whole SQLite stores. */
import { backup } from 'node:sqlite';
import { storeErrors } from '../errors.ts';
import { Connection } from './connection.ts';
import { toStoreError } from './engine-errors.ts';
import { syncFile } from './load-rows.ts';
import { APPLICATION_ID } from './migrate.ts';
import { hasStoreFile, notAStore } from './store-file.ts';

/** All pages in one step: a copy in small steps would begin anew whenever another process commits. */
const ALL_PAGES = 2_000_000_000;

/** Copies the store at `from` into the existing empty file `to`, as of one moment, off the event loop. */
export async function copyStore(from: string, to: string): Promise<void> {
  if (!hasStoreFile(from)) throw storeErrors.create('COAIA-0110', `There is no store at ${from}.`);
  const connection = new Connection(from, {
    readOnly: true,
    busyTimeoutMs: 10_000,
    durability: 'full',
    cacheMegabytes: 8,
  });
  try {
    if (connection.number('PRAGMA application_id') !== APPLICATION_ID) {
      throw notAStore(from, 'it is a SQLite file of another program');
    }
    await writeCopy(connection, to);
  } catch (error) {
    throw toStoreError(error, from);
  } finally {
    connection.close();
  }
  syncFile(to);
}

/** Copies all pages; what goes wrong then is nearly always the place of the copy. */
export async function writeCopy(connection: Connection, to: string): Promise<void> {
  try {
    await backup(connection.db, to, { rate: ALL_PAGES });
  } catch (error) {
    throw toStoreError(error, to);
  }
}
