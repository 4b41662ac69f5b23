import { lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';
import type { TriggerProps } from './menu-props.ts';

/** A small panel beside its trigger, for forms that a menu cannot hold. */
export interface PopoverProps {
  readonly renderTrigger: (props: TriggerProps) => ReactElement;
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
}

const load = () => import('./popover-body.tsx');
const Body = lazy(async () => ({ default: (await load()).PopoverBody }));

/** The panel; its code comes when a pointer or the focus nears the trigger. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false);
  const trigger = props.renderTrigger({
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onClick: () => props.onOpenChange(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
  });
  if (props.open && !wanted) setWanted(true);
  if (!wanted) return trigger;
  return (
    <Suspense fallback={trigger}>
      <Body {...props} />
    </Suspense>
  );
}
