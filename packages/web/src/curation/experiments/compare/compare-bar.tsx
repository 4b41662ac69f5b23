import type { CompareMode, ExperimentComparison, ExperimentLine } from '@coaia/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconClose } from '../../../ui/icons.ts';
import { words as all } from '../messages.ts';
import { linesQuery } from '../queries.ts';
import type { CompareView } from './use-compare-view.ts';

const words = all.page;
/** The display modes, in the order of the key that goes through them. */
export const modes: readonly CompareMode[] = [
  'all',
  'regressions',
  'improvements',
  'different',
  'errors',
];
const select = 'h-7 max-w-48 rounded-md border border-field bg-bg px-1.5';

/** The baseline and what is held against it. */
export function RunBar({
  view,
  runs,
}: {
  readonly view: CompareView;
  readonly runs: readonly ExperimentLine[];
}) {
  const { project, search, candidates, setRuns } = view;
  const dataset = runs[0]?.datasetName ?? undefined;
  const lines = useInfiniteQuery(linesQuery(project, dataset)).data?.pages ?? [];
  const known = new Map(
    [...lines.flatMap((page) => page.data), ...runs].map((run) => [run.id, run]),
  );
  const toName = (id: string) => known.get(id)?.name ?? id;
  const free = [...known.values()].filter(
    ({ id }) => id !== search.baseline && !candidates.includes(id),
  );
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1.5">
      <label className="flex items-center gap-2">
        <span className="text-xs whitespace-nowrap text-muted">{words.baseline}</span>
        <select
          className={select}
          value={search.baseline ?? ''}
          onChange={({ target: { value } }) =>
            setRuns(
              value,
              [...(search.baseline === undefined ? [] : [search.baseline]), ...candidates].filter(
                (id) => id !== value,
              ),
            )
          }
        >
          {search.baseline === undefined ? <option value="">{words.choose}</option> : null}
          {[...known.values()].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="text-xs whitespace-nowrap text-muted">{words.candidates}</span>
        {candidates.map((id) => (
          <RunChip
            key={id}
            name={toName(id)}
            onRemove={() =>
              setRuns(
                search.baseline,
                candidates.filter((other) => other !== id),
              )
            }
          />
        ))}
        {free.length === 0 || candidates.length >= 9 ? null : (
          <select
            aria-label={words.addRun}
            className={select}
            value=""
            onChange={({ target: { value } }) => setRuns(search.baseline, [...candidates, value])}
          >
            <option value="">{words.addRun}</option>
            {free.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
    </div>
  );
}

function RunChip({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  return (
    <span
      data-candidate={name}
      className="inline-flex h-7 items-center gap-1 rounded-md border border-line-strong pl-2"
    >
      <span className="max-w-40 truncate">{name}</span>
      <button
        type="button"
        aria-label={words.removeRun(name)}
        data-hint={words.removeRun(name)}
        className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:text-fg"
        onClick={onRemove}
      >
        <IconClose size={14} />
      </button>
    </span>
  );
}

/** What the rows are judged by, and which are shown. */
export function CompareBar({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  const { search, choose, lower } = view;
  const mode = search.mode ?? 'all';
  const score = found.meta.score ?? '';
  const isFact = score === 'cost' || score === 'latency';
  const measures = [
    ...found.scores.filter(({ kind }) => kind !== 'label').map(({ name }) => name),
    'cost',
    'latency',
  ];
  return (
    <div className="flex shrink-0 items-center gap-3">
      <label className="flex items-center gap-1.5">
        <span className="text-xs whitespace-nowrap text-muted">{words.score}</span>
        <select
          className={select}
          value={score}
          onChange={({ target }) => choose({ score: target.value })}
        >
          {[...new Set(measures)].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {isFact || score === '' ? null : (
        <label className="flex items-center gap-1.5 max-xl:hidden">
          <input
            type="checkbox"
            className="check"
            checked={lower.includes(score)}
            onChange={({ target: { checked } }) => {
              const others = lower.filter((name) => name !== score);
              const next = checked ? [...others, score] : others;
              choose({ lower: next.join(',') || undefined });
            }}
          />
          <span className="text-xs whitespace-nowrap text-muted">{words.lower}</span>
        </label>
      )}
      <label className="flex items-center gap-1.5">
        <span className="text-xs whitespace-nowrap text-muted">{words.mode}</span>
        <select
          className={select}
          value={mode}
          onChange={({ target: { value } }) =>
            choose({ mode: value === 'all' ? undefined : (value as CompareMode) })
          }
        >
          {modes.map((one) => (
            <option key={one} value={one}>
              {words.modes[one]}
            </option>
          ))}
        </select>
      </label>
      <SliceSelect view={view} found={found} />
    </div>
  );
}

function SliceSelect({
  view,
  found,
}: {
  readonly view: CompareView;
  readonly found: ExperimentComparison;
}) {
  if (found.slices.length === 0) return null;
  return (
    <label className="flex items-center gap-1.5">
      <span className="text-xs whitespace-nowrap text-muted">{words.slice}</span>
      <select
        className={select}
        value={view.search.slice ?? ''}
        onChange={({ target }) => view.choose({ slice: target.value || undefined })}
      >
        <option value="">{words.everything}</option>
        {found.slices.map(({ key, values }) => (
          <optgroup key={key} label={key}>
            {values.map(({ value, count }) => (
              <option key={value} value={`${key}=${value}`}>
                {`${key}: ${value} (${count})`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
