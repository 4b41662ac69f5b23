import { Menu as Base } from '@base-ui/react/menu';
import { toClass } from './class-names.ts';
import { floatClass } from './float.ts';
import { IconCheck } from './icons.ts';
import type { MenuChoicesProps, MenuItemProps, MenuProps } from './menu-props.ts';

const itemClass =
  'flex h-7 items-center gap-2 rounded-md px-2 outline-none select-none data-highlighted:bg-accent-soft data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-transparent data-disabled:text-faint';

/** The menu itself, open as soon as it is there. */
export function MenuBody({ renderTrigger, align, children }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger render={renderTrigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align ?? 'end'} className="z-40 outline-none">
          <Base.Popup className={toClass(floatClass, 'min-w-44')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** One action of a menu; `detail` stands muted at the right. */
export function MenuItem({ icon, detail, tone, onSelect, children }: MenuItemProps) {
  return (
    <Base.Item className={toClass(itemClass, tone === 'danger' && 'text-error')} onClick={onSelect}>
      {icon === undefined ? null : <span className="text-muted">{icon}</span>}
      <span className="flex-1">{children}</span>
      {detail === undefined ? null : <span className="text-xs text-muted">{detail}</span>}
    </Base.Item>
  );
}

/** One of several, with the chosen one ticked. */
export function MenuChoices<T extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoicesProps<T>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-muted">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            className={itemClass}
            closeOnClick
          >
            <span className="flex w-4 justify-center">
              {option.value === value ? <IconCheck size={14} /> : null}
            </span>
            <span className="flex-1">{option.label}</span>
            {option.detail === undefined ? null : (
              <span className="text-xs text-muted">{option.detail}</span>
            )}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

/** A hairline between groups. */
export function MenuLine() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}
