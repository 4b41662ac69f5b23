import type { DatasetImportReport, DatasetItemInput } from '@coaia/client';
import { SelectField } from '../../../ui/form/fields.tsx';
import { words } from '../messages.ts';
import { toCellText } from '../value-text.ts';
import type { ColumnRole, Mapping } from './mapping.ts';

const roles: readonly ColumnRole[] = ['input', 'expectedOutput', 'metadata', 'id', 'none'];

/** What each column becomes. */
export function MappingFields({
  columns,
  mapping,
  onChange,
}: {
  readonly columns: readonly string[];
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-medium">{words.import.columns}</legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
        {columns.map((column) => (
          <SelectField
            key={column}
            label={column}
            value={mapping[column] ?? 'none'}
            options={roles.map((role) => ({ value: role, label: words.import.roles[role] }))}
            onChange={(role) => onChange({ ...mapping, [column]: role })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The first items as they will be stored. */
export function ImportPreview({
  items,
}: {
  readonly items: readonly Omit<DatasetItemInput, 'datasetName'>[];
}) {
  const fields = ['input', 'expectedOutput', 'metadata'] as const;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={words.import.preview}>
      <table className="w-full table-fixed text-left text-xs" data-preview="">
        <caption className="mb-1 text-left text-sm font-medium">{words.import.preview}</caption>
        <thead className="text-muted">
          <tr>
            {fields.map((field) => (
              <th key={field} scope="col" className="py-1 pr-3 font-normal">
                {words.itemColumns[field]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={index} className="border-t border-line">
              {fields.map((field) => (
                <td key={field} className="truncate py-1 pr-3 font-mono">
                  {toCellText(item[field], 120)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the check found: that all fit, or the rows that do not. */
export function ImportProblems({ report }: { readonly report: DatasetImportReport | undefined }) {
  if (report === undefined) return null;
  if (report.errorCount === 0) {
    return (
      <p role="status" className="border-l-2 border-l-ok pl-3" data-checked="ok">
        {words.import.checked(report.total)}
      </p>
    );
  }
  return (
    <div role="alert" className="border-l-2 border-l-error pl-3" data-checked="wrong">
      <p className="font-medium">{words.import.wrong(report.errorCount, report.total)}</p>
      <table className="mt-2 text-left text-xs">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-0.5 pr-4 font-normal">
              {words.import.row}
            </th>
            <th scope="col" className="py-0.5 font-normal">
              {words.import.problem}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.errors.slice(0, 20).map((error, index) => (
            <tr key={index}>
              <td className="tnum py-0.5 pr-4 align-top">{error.row}</td>
              <td className="py-0.5 break-words">{error.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
