import { Button } from '../../ui/button.tsx';
import { toClass } from '../../ui/class-names.ts';
import { IconChevronDown } from '../../ui/icons.ts';
import { Menu, MenuChoices } from '../../ui/menu.tsx';
import { words } from '../messages.ts';
import type { TraceFacets } from './trace-row.ts';
import type { TracesView } from './use-traces-view.ts';

const all = '\u0000all';

/** Chooses one environment, or all; another face of the same filter. */
export function EnvironmentMenu({
  view,
  facets,
}: {
  readonly view: TracesView;
  readonly facets: TraceFacets | undefined;
}) {
  const chosen = view.facetState.facets['environment']?.included ?? [];
  const values = facets?.facets['environment'] ?? [];
  const names = [...new Set([...chosen, ...values.map((one) => one.value)])];
  if (names.length < 2 && chosen.length === 0) return null;
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} className="max-md:hidden">
          {chosen.length === 0 ? words.allEnvironments : chosen.join(', ')}
          <IconChevronDown size={14} className="text-muted" />
        </Button>
      )}
    >
      <MenuChoices
        label={words.environment}
        value={chosen.length === 1 ? (chosen[0] ?? all) : all}
        options={[
          { value: all, label: words.allEnvironments },
          ...names.map((value) => ({ value, label: value })),
        ]}
        onChange={(next) => view.setEnvironment(next === all ? undefined : next)}
      />
    </Menu>
  );
}

/** Whether new traces are shown as they come. */
export function LiveToggle({ view }: { readonly view: TracesView }) {
  const on = view.search.live === 'on';
  return (
    <Button
      aria-pressed={on}
      data-hint={on ? words.list.liveOn : words.list.liveOff}
      className="max-sm:hidden"
      onClick={() => view.setLive(!on)}
    >
      <span
        className={toClass('dot size-1.5 rounded-full', on ? 'pulse bg-ok' : 'bg-line-strong')}
      />
      {words.list.live}
    </Button>
  );
}
