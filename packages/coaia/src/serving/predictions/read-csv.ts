/** CSV files that the command line names. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseCsv } from '#base';
import { predictionFailures } from './errors.ts';

export type CsvRow = Readonly<Record<string, string>>;

/** Rows by the names of the head; `-` is stdin. AO682 names the file and what is wrong with it; `hint` is typed next. */
export async function readCsvFile(
  path: string,
  { cwd, stdin }: { readonly cwd: string; readonly stdin: () => Promise<Buffer> },
  hint: string,
): Promise<readonly CsvRow[]> {
  try {
    const text =
      path === '-' ? (await stdin()).toString('utf8') : await readFile(resolve(cwd, path), 'utf8');
    return parseCsv(text);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing
      ? 'it does not exist'
      : error instanceof Error
        ? error.message
        : String(error);
    throw predictionFailures.create('AO682', `${path} cannot be read: ${reason}.`, {
      hint,
      cause: error,
    });
  }
}
