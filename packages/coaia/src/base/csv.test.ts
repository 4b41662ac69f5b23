/** CSV as spreadsheets, R and pandas write it. */
import { expect, it } from 'vitest';
import { parseCsv, renderCsvRow } from './csv.ts';

it('quotes, line ends, a mark at the beginning and cells of many megabytes are read as they were written', () => {
  const long = `${'x'.repeat(12e6)}"\r\n,`;
  const text = `\uFEFFa,b\r\n1,${renderCsvRow([long])}\n,"x ""y"""\r`;
  expect(parseCsv(text)).toEqual([
    { a: '1', b: long },
    { a: '', b: 'x "y"' },
  ]);
});
