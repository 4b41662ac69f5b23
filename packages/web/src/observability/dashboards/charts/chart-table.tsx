import type { ReactNode } from 'react';

/** The numbers of a chart as a table: the twin that everybody can read. */
export function ChartTable({
  label,
  head,
  rows,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  return (
    <div className="h-full overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="tnum w-full text-xs">
        <thead className="sticky top-0 bg-bg">
          <tr className="text-left text-muted">
            {head.map((name, at) => (
              <th
                key={name}
                scope="col"
                className={at === 0 ? 'py-1 font-medium' : 'py-1 pl-3 text-right font-medium'}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at} className="border-t border-line">
              {row.map((cell, column) => (
                <td
                  key={column}
                  className={
                    column === 0
                      ? 'max-w-0 truncate py-1'
                      : 'py-1 pl-3 text-right whitespace-nowrap'
                  }
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
