import { useState } from 'react';
import { toClass } from '../../ui/class-names.ts';
import { IconChevronDown, IconMinus } from '../../ui/icons.ts';
import type { FacetChoice, FacetState } from '../filter/facets.ts';
import { words } from '../messages.ts';
import type { TraceFacets } from './trace-row.ts';

/** Canonical keys of the facets, in the order they stand, with the name the server uses. */
export const facetKeys: readonly { readonly key: string; readonly field: string }[] = [
  { key: 'level', field: 'level' },
  { key: 'environment', field: 'environment' },
  { key: 'name', field: 'name' },
  { key: 'type', field: 'type' },
  { key: 'model', field: 'model' },
  { key: 'tags', field: 'tags' },
  { key: 'user', field: 'userId' },
  { key: 'session', field: 'sessionId' },
  { key: 'release', field: 'release' },
  { key: 'version', field: 'version' },
];

type SetFacet = (key: string, value: string, next: 'include' | 'exclude' | 'off') => void;

/** The filter as boxes. Every tick edits the text, every edit of the text moves the ticks. */
export function FacetSidebar({
  facets,
  state,
  onSet,
}: {
  readonly facets: TraceFacets | undefined;
  readonly state: FacetState;
  readonly onSet: SetFacet;
}) {
  return (
    <div className="h-full overflow-y-auto py-1" role="group" aria-label={words.facets.title}>
      {facetKeys.map(({ key, field }) => (
        <FacetGroup
          key={key}
          name={key}
          values={facets?.facets[field]}
          loading={facets === undefined}
          choice={state.facets[key]}
          onSet={onSet}
        />
      ))}
      {facets?.truncated === true ? (
        <p className="px-3 py-2 text-xs text-muted">{words.facets.truncated}</p>
      ) : null}
    </div>
  );
}

type Values = readonly { readonly value: string; readonly count: number }[];

// Chosen values stay in sight even when nothing has them any more.
function toShown(values: Values, choice: FacetChoice | undefined, limit: number): Values {
  const chosen = [...(choice?.included ?? []), ...(choice?.excluded ?? [])];
  const head = values.slice(0, limit);
  const missing = chosen.filter((value) => head.every((one) => one.value !== value));
  const counts = new Map(values.map((one) => [one.value, one.count]));
  return [...head, ...missing.map((value) => ({ value, count: counts.get(value) ?? 0 }))];
}

const short = 6;

interface GroupProps {
  readonly name: string;
  readonly values: Values | undefined;
  readonly loading: boolean;
  readonly choice: FacetChoice | undefined;
  readonly onSet: SetFacet;
}

// Long lists of values that few people filter by stay folded until they are wanted.
const folded = new Set(['session', 'release', 'version']);

function FacetGroup(props: GroupProps) {
  const { name, values, loading, choice } = props;
  const [open, setOpen] = useState(!folded.has(name));
  const isEmpty = !loading && (values ?? []).length === 0 && choice === undefined;
  if (isEmpty) return null;
  return (
    <section className="px-2 pb-1">
      <button
        type="button"
        aria-expanded={open}
        className="flex h-7 w-full items-center gap-1 rounded-md px-1 text-xs font-medium text-muted hover:bg-hover hover:text-fg"
        onClick={() => setOpen(!open)}
      >
        <IconChevronDown size={12} className={open ? '' : '-rotate-90'} />
        {words.facets.names[name] ?? name}
      </button>
      {open ? <GroupValues {...props} /> : null}
    </section>
  );
}

function GroupValues({ name, values, loading, choice, onSet }: GroupProps) {
  const [all, setAll] = useState(false);
  if (loading) return <FacetSkeleton />;
  const rest = (values?.length ?? 0) - short;
  return (
    <>
      {toShown(values ?? [], choice, all ? 20 : short).map((one) => (
        <FacetRow
          key={one.value}
          name={name}
          value={one.value}
          count={one.count}
          choice={choice}
          onSet={onSet}
        />
      ))}
      {rest > 0 ? (
        <button
          type="button"
          className="h-6 rounded-md px-1.5 text-xs text-muted hover:text-fg"
          onClick={() => setAll(!all)}
        >
          {all ? words.facets.less : words.facets.more(rest)}
        </button>
      ) : null}
    </>
  );
}

function FacetRow({
  name,
  value,
  count,
  choice,
  onSet,
}: {
  readonly name: string;
  readonly value: string;
  readonly count: number;
  readonly choice: FacetChoice | undefined;
  readonly onSet: SetFacet;
}) {
  const included = choice?.included.includes(value) === true;
  const excluded = choice?.excluded.includes(value) === true;
  return (
    <div className="group relative flex h-6 items-center rounded-md pr-1 hover:bg-hover focus-within:bg-hover">
      <label className="flex h-full min-w-0 flex-1 items-center gap-2 pl-1.5">
        <input
          type="checkbox"
          className="check"
          checked={included}
          onChange={() => onSet(name, value, included ? 'off' : 'include')}
        />
        <span
          className={toClass('truncate', excluded && 'text-muted line-through')}
          data-hint={value.length > 22 ? value : ''}
        >
          {value}
        </span>
      </label>
      <button
        type="button"
        aria-pressed={excluded}
        aria-label={words.facets.exclude(value)}
        data-hint={words.facets.exclude(value)}
        className={toClass(
          'absolute right-12 flex size-6 items-center justify-center rounded-sm bg-bg text-muted hover:text-fg focus-visible:opacity-100',
          excluded ? 'text-accent' : 'opacity-0 group-hover:opacity-100',
        )}
        onClick={() => onSet(name, value, excluded ? 'off' : 'exclude')}
      >
        <IconMinus size={12} />
      </button>
      <span className="tnum w-11 shrink-0 text-right text-xs text-muted">
        {count.toLocaleString('en')}
      </span>
    </div>
  );
}

function FacetSkeleton() {
  return (
    <div aria-hidden="true">
      {[62, 48, 54].map((width) => (
        <div key={width} className="flex h-6 items-center px-1.5">
          <div className="skeleton h-2" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
