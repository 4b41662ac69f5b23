import { lazy, Suspense, useState } from 'react';
import type { MenuChoicesProps, MenuItemProps, MenuProps } from './menu-props.ts';

// Menus are not needed for the first view: their code comes when a pointer or the focus nears a trigger.
const load = () => import('./menu-parts.tsx');
const Body = lazy(async () => ({ default: (await load()).MenuBody }));
const Item = lazy(async () => ({ default: (await load()).MenuItem }));
const Line = lazy(async () => ({ default: (await load()).MenuLine }));
const Choices = lazy(async () => ({ default: (await load()).MenuChoices }));

/** A menu that opens from `trigger` (a button element). */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const trigger = props.renderTrigger({
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
  });
  if (!wanted) return trigger;
  return (
    <Suspense fallback={trigger}>
      <Body {...props} />
    </Suspense>
  );
}

/** One action of a menu. */
export function MenuItem(props: MenuItemProps) {
  return <Item {...props} />;
}

/** One of several, with the chosen one ticked. */
export function MenuChoices<T extends string>(props: MenuChoicesProps<T>) {
  return <Choices {...(props as unknown as MenuChoicesProps<string>)} />;
}

/** A hairline between groups. */
export function MenuLine() {
  return <Line />;
}
