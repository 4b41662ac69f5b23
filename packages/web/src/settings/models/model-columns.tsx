import type { Model } from '@coaia/client';
import { absent } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { IconMore } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import type { TableColumn } from '../parts/table.tsx';
import { words } from './messages.ts';
import { findPrices, toPricePerMillion } from './prices.ts';

/** What can be done to a model. */
interface ModelActions {
  readonly edit: (id: string) => void;
  readonly remove: (row: Model) => void;
}

/** The columns of the list of models. */
export function toModelColumns(
  mayWrite: boolean,
  actions: ModelActions,
): readonly TableColumn<Model>[] {
  return [
    {
      key: 'name',
      name: words.name,
      narrow: true,
      render: ({ modelName }) => <span className="font-medium">{modelName}</span>,
    },
    {
      key: 'pattern',
      name: words.pattern,
      render: ({ matchPattern }) => (
        <span
          className="block max-w-80 truncate font-mono text-xs text-muted"
          data-hint={matchPattern}
        >
          {matchPattern}
        </span>
      ),
    },
    toPriceColumn('input', words.input),
    toPriceColumn('output', words.output),
    {
      key: 'more',
      name: words.more,
      render: (row) => (
        <span className="text-muted">
          {words.moreOf(
            Object.keys(findPrices(row)).filter((kind) => kind !== 'input' && kind !== 'output')
              .length,
            row.pricingTiers.length,
          )}
        </span>
      ),
    },
    {
      key: 'origin',
      name: words.origin,
      render: ({ isLangfuseManaged }) =>
        isLangfuseManaged ? <span className="text-muted">{words.builtIn}</span> : words.own,
    },
    {
      key: 'actions',
      name: words.actions,
      quiet: true,
      right: true,
      narrow: true,
      render: (row) => (mayWrite ? <ModelMenu row={row} actions={actions} /> : null),
    },
  ];
}

function toPriceColumn(kind: 'input' | 'output', name: string): TableColumn<Model> {
  return {
    key: kind,
    name,
    right: true,
    narrow: true,
    render: (row) => {
      const price = toPricePerMillion(findPrices(row)[kind]);
      if (price === null) return <span className="text-faint">{absent}</span>;
      return (
        <span data-hint={words.perMillion} className="whitespace-nowrap">
          ${price}
          <span className="text-muted"> /M</span>
        </span>
      );
    },
  };
}

function ModelMenu({ row, actions }: { readonly row: Model; readonly actions: ModelActions }) {
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={words.actionsFor(row.modelName)}>
          <IconMore size={14} />
        </Button>
      )}
    >
      <MenuItem onSelect={() => actions.edit(row.id)}>
        {row.isLangfuseManaged ? words.copy : words.change}
      </MenuItem>
      {row.isLangfuseManaged ? null : (
        <MenuItem tone="danger" onSelect={() => actions.remove(row)}>
          {words.remove}
        </MenuItem>
      )}
    </Menu>
  );
}
