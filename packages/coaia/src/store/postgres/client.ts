/** Single connections and the address of a Postgres database. */
import { Client, types } from 'pg';
import { storeErrors } from '../errors.ts';
import { toStoreError } from './engine-errors.ts';
import { openTypes } from './values.ts';

/** A connected client with our types, for maintenance. Rejects with COAIA-0108. */
export async function openClient(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'coaia-maintenance',
    connectionTimeoutMillis: 10_000,
    types: openTypes(types),
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw toStoreError(error, toLocation(url));
  }
}

/** The address for people: without user and password. */
export function toLocation(url: string): string {
  try {
    const parsed = new URL(url);
    return `postgres://${parsed.host}${parsed.pathname}`;
  } catch {
    throw storeErrors.create(
      'COAIA-0108',
      'DATABASE_URL is not an address; it looks like postgres://user:password@host:5432/coaia.',
    );
  }
}
