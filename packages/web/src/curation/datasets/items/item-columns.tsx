import type { DatasetItem } from '@coaia/client';
import { Link } from '@tanstack/react-router';
import { absent } from '../../../lib/format.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { IconTraces } from '../../../ui/icons.ts';
import { Tag, Time } from '../../../ui/value.tsx';
import { ItemId } from '../item-id.tsx';
import { words } from '../messages.ts';
import { toCellText } from '../value-text.ts';
import { toFieldName, type EditedCell, type ItemField } from './item-field.ts';

const names = words.itemColumns;

/** The columns of a dataset's items; cells are buttons where they can be edited. */
export function toItemColumns(
  project: string,
  onEdit: ((cell: EditedCell) => void) | undefined,
): readonly GridColumn<DatasetItem>[] {
  const toValueColumn = (
    field: ItemField,
    rank: number,
    grow: number,
  ): GridColumn<DatasetItem> => ({
    key: field,
    name: toFieldName(field),
    width: 140,
    grow,
    rank,
    render: (item) => <ValueCell item={item} field={field} onEdit={onEdit} />,
  });
  return [
    { key: 'id', name: names.id, width: 124, rank: 0, render: (item) => <ItemId id={item.id} /> },
    toValueColumn('input', 0, 3),
    toValueColumn('expectedOutput', 1, 3),
    toValueColumn('metadata', 3, 2),
    {
      key: 'status',
      name: names.status,
      width: 76,
      rank: 4,
      render: (item) =>
        item.status === 'ARCHIVED' ? (
          <Tag>{words.archived}</Tag>
        ) : (
          <span className="text-muted">{words.active}</span>
        ),
    },
    {
      key: 'source',
      name: names.source,
      width: 64,
      rank: 6,
      render: (item) =>
        item.sourceTraceId === null ? (
          <span className="text-faint">{absent}</span>
        ) : (
          <Link
            to="/p/$project/traces/$traceId"
            params={{ project, traceId: item.sourceTraceId }}
            search={item.sourceObservationId === null ? {} : { span: item.sourceObservationId }}
            aria-label={words.source}
            data-hint={words.source}
            className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-fg"
          >
            <IconTraces size={14} />
          </Link>
        ),
    },
    {
      key: 'updated',
      name: names.updated,
      width: 100,
      rank: 5,
      render: (item) => <Time iso={item.updatedAt} className="text-muted" />,
    },
  ];
}

function ValueCell({
  item,
  field,
  onEdit,
}: {
  readonly item: DatasetItem;
  readonly field: ItemField;
  readonly onEdit: ((cell: EditedCell) => void) | undefined;
}) {
  const value = item[field];
  const text = toCellText(value);
  const isText = typeof value === 'string';
  const content = text === '' ? <span className="text-faint">{absent}</span> : text;
  const look = `block w-full truncate text-left ${isText ? '' : 'font-mono text-xs'}`;
  if (onEdit === undefined) return <span className={look}>{content}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-cell={field}
      data-of={item.id}
      aria-label={`${words.edit.title(toFieldName(field), item.id)}: ${text.slice(0, 80)}`}
      className={`${look} h-full min-h-6 rounded-sm hover:outline hover:outline-line-strong`}
      onClick={() => onEdit({ item, field })}
    >
      {content}
    </button>
  );
}
