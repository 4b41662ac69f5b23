import type { DatasetChange, DatasetDiff, DatasetItemDiff } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { toJsonText } from '../../lib/json-text.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { toAbsolute } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { TextDiff } from '../../ui/diff/text-diff.tsx';
import { SelectField } from '../../ui/form/fields.tsx';
import { NothingHere } from '../../ui/page/empty-state.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../ui/panels.tsx';
import { Tag, Time } from '../../ui/value.tsx';
import { ItemId } from './item-id.tsx';
import { words } from './messages.ts';
import { changesQuery, diffQuery } from './queries.ts';
import type { DatasetView } from './use-dataset.ts';

/** The moments at which the dataset changed, and what two of them have differently. */
export function VersionsTab({ view }: { readonly view: DatasetView }) {
  const query = useQuery(changesQuery(view.project, view.name));
  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.isError) {
    return (
      <ErrorState
        error={query.error}
        title={words.versions.failed}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const changes = query.data.data;
  if (changes.length === 0) return <NothingHere name="versions">{words.versions.none}</NothingHere>;
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={words.tabs.versions}
    >
      <p className="px-4 pt-3 text-muted">{words.versions.lead}</p>
      <ChangeTable view={view} changes={changes} />
      <DiffPane view={view} changes={changes} />
    </div>
  );
}

interface PartProps {
  readonly view: DatasetView;
  readonly changes: readonly DatasetChange[];
}

function ChangeTable({ view, changes }: PartProps) {
  const { utc } = usePreferences();
  return (
    <table className="mt-2 w-full max-w-180 text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className="px-4 py-1 font-normal">
            {words.versions.at}
          </th>
          <th scope="col" className="py-1 font-normal">
            {words.versions.change}
          </th>
          <th scope="col">
            <span className="sr-only">{words.versions.view}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.slice(0, 30).map((change) => (
          <tr key={change.at} className="border-t border-line" data-change={change.at}>
            <td className="px-4 py-1">
              <span className="tnum">{toAbsolute(change.at, utc)}</span>
              <Time iso={change.at} className="pl-3 text-muted" />
            </td>
            <td className="py-1">
              {words.versions.summary(change.added, change.changed, change.deleted)}
            </td>
            <td className="py-1 pr-4 text-right">
              <Button
                tone="ghost"
                onClick={() => view.update({ tab: undefined, version: change.at })}
              >
                {words.versions.view}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DiffPane({ view, changes }: PartProps) {
  const { utc } = usePreferences();
  const { search, project, name } = view;
  const from = search.from ?? changes[1]?.at ?? changes[0]?.at ?? '';
  const options = changes.map(({ at }) => ({ value: at, label: toAbsolute(at, utc) }));
  const query = useQuery(diffQuery(project, name, from, search.to));
  return (
    <section className="mt-4 border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          className="w-60"
          label={words.versions.from}
          value={from}
          options={options}
          onChange={(at) => view.update({ from: at })}
        />
        <SelectField
          className="w-60"
          label={words.versions.to}
          value={search.to ?? ''}
          options={[{ value: '', label: words.versions.nowOption }, ...options]}
          onChange={(at) => view.update({ to: at === '' ? undefined : at })}
        />
      </div>
      {query.isError ? (
        <ErrorState error={query.error} title={words.versions.diffFailed} />
      ) : query.data === undefined ? null : (
        <DiffItems diff={query.data} />
      )}
    </section>
  );
}

function DiffItems({ diff }: { readonly diff: DatasetDiff }) {
  const { added, changed, deleted, unchanged, items } = diff;
  if (items.length === 0) return <p className="mt-3 text-muted">{words.versions.same}</p>;
  return (
    <>
      <p className="tnum mt-3" role="status">
        {words.versions.total(added, changed, deleted, unchanged)}
        {items.length < added + changed + deleted ? ` ${words.versions.cut(items.length)}` : null}
      </p>
      <ul className="mt-2 space-y-3">
        {items.map((item) => (
          <li key={item.id} className="rounded-md border border-line" data-diff-item={item.kind}>
            <div className="flex items-center gap-2 border-b border-line px-2 py-1">
              <ItemId id={item.id} />
              <Tag>{words.versions.kinds[item.kind]}</Tag>
            </div>
            <TextDiff
              label={item.id}
              before={toDiffText(item.before)}
              after={toDiffText(item.after)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What of an item counts, one member per line. */
function toDiffText(item: DatasetItemDiff['before']): string {
  if (item === null) return '';
  const { input, expectedOutput, metadata, status } = item;
  return toJsonText({ input, expectedOutput, metadata, status });
}
