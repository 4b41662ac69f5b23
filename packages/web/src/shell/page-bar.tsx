import { useEffect, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { IconMenu, IconSearch } from '../ui/icons.ts';
import { Key } from '../ui/panels.tsx';
import { toKeyCaps } from '../lib/keyboard.ts';
import { overlay } from './shell-state.ts';
import { words } from './messages.ts';

/** The top bar of a page: where one is, what the page offers, search. */
export function PageBar({
  title,
  detail,
  before,
  children,
}: {
  readonly title: string;
  readonly detail?: ReactNode;
  /** What stands before the title, such as the way back. */
  readonly before?: ReactNode;
  readonly children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title]);
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
      <Button
        tone="ghost"
        square
        label={words.openMenu}
        className="md:hidden"
        onClick={() => overlay.write('menu')}
      >
        <IconMenu size={16} />
      </Button>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        {before}
        <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
        {detail === undefined ? null : (
          <span className="tnum truncate text-muted max-sm:hidden">{detail}</span>
        )}
      </div>
      {children}
      <SearchButton />
    </header>
  );
}

function SearchButton() {
  return (
    <Button className="text-muted max-lg:w-7 max-lg:px-0" onClick={() => overlay.write('palette')}>
      <IconSearch size={14} />
      <span className="sr-only">{words.searchHint}</span>
      <span className="flex gap-0.5 max-lg:hidden">
        {toKeyCaps('Mod+k').map((cap) => (
          <Key key={cap}>{cap.length === 1 ? cap.toUpperCase() : cap}</Key>
        ))}
      </span>
    </Button>
  );
}
