import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import type { Quantity } from '../../lib/format.ts';
import { toText } from '../../lib/format.ts';
import { toClass } from '../class-names.ts';

/** One tab of a page. */
export interface PageTab<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count?: Quantity;
  readonly render: () => ReactNode;
}

/** The tabs of a page below its top bar; which one is open belongs into the address. */
export function PageTabs<T extends string>({
  label,
  value,
  tabs,
  onChange,
  aside,
  className,
}: {
  readonly label: string;
  readonly value: T;
  readonly tabs: readonly PageTab<T>[];
  readonly onChange: (value: T) => void;
  /** What stands at the right of the tabs. */
  readonly aside?: ReactNode;
  readonly className?: string;
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={toClass('flex min-h-0 min-w-0 flex-1 flex-col', className)}
    >
      <div className="flex h-10 shrink-0 items-center gap-3 border-b border-line px-3">
        <Base.List aria-label={label} className="flex h-full min-w-0 flex-1 gap-1 overflow-x-auto">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="flex h-full shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-muted hover:text-fg focus-visible:-outline-offset-2 data-active:border-accent data-active:text-fg"
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="tnum text-xs text-faint">{toText(tab.count)}</span>
              )}
            </Base.Tab>
          ))}
        </Base.List>
        {aside}
      </div>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          tabIndex={-1}
          className="flex min-h-0 flex-1 flex-col outline-none"
        >
          {tab.value === value ? tab.render() : null}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
