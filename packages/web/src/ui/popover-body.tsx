import { Popover as Base } from '@base-ui/react/popover';
import { toClass } from './class-names.ts';
import { floatClass } from './float.ts';
import type { PopoverProps } from './popover.tsx';

/** The panel itself. */
export function PopoverBody({ renderTrigger, title, open, onOpenChange, children }: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={renderTrigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-40 outline-none">
          <Base.Popup className={toClass(floatClass, 'p-3')} aria-label={title}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
