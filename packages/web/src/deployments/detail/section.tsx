import type { ReactNode } from 'react';

/** The scrolling body of a tab. */
export function TabBody({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      role="region"
      tabIndex={0}
      aria-label={label}
    >
      <div className="space-y-6 px-4 py-4">{children}</div>
    </div>
  );
}

/** A titled part of a tab; `aside` stands at the right of the title. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <div className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** One name and its value in a `dl`. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** A column of a small table. */
export interface TableColumn<Row> {
  readonly name: string;
  readonly right?: boolean;
  /** Wide texts break; everything else stays on its line. */
  readonly wrap?: boolean;
  /** The head is said but not shown. */
  readonly quiet?: boolean;
  readonly render: (row: Row) => ReactNode;
}

/** A small table that scrolls sideways in a narrow window. */
export function Table<Row>({
  label,
  columns,
  rows,
  toKey,
  toMarks,
}: {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly toKey: (row: Row) => string;
  readonly toMarks?: (row: Row) => Readonly<Record<`data-${string}`, string>>;
}) {
  return (
    <div
      className="overflow-x-auto focus-visible:-outline-offset-2"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className="tnum w-full">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {columns.map(({ name, right, quiet }) => (
              <th
                key={name}
                scope="col"
                className={`py-1.5 pr-4 font-medium whitespace-nowrap last:pr-0 ${right === true ? 'text-right' : ''}`}
              >
                {quiet === true ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={toKey(row)} className="border-b border-line" {...toMarks?.(row)}>
              {columns.map(({ name, right, wrap, render }) => (
                <td
                  key={name}
                  className={`py-1.5 pr-4 last:pr-0 ${right === true ? 'text-right' : ''} ${wrap === true ? 'min-w-40 break-words' : 'whitespace-nowrap'}`}
                >
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
