import { writeClipboard } from '../../lib/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconChevronDown } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { words } from '../messages.ts';
import { copyForms, toCopyText, type ViewCall } from './copy-as.ts';

/** Copies what the page shows as a command or as code. */
export function CopyAsMenu({ call }: { readonly call: ViewCall }) {
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} className="max-md:hidden">
          {words.list.copyAs}
          <IconChevronDown size={14} className="text-muted" />
        </Button>
      )}
    >
      {copyForms.map((form) => (
        <MenuItem
          key={form}
          detail={form === 'CLI' ? 'y' : undefined}
          onSelect={() => void writeClipboard(toCopyText(form, call), words.list.copiedAs(form))}
        >
          {form}
        </MenuItem>
      ))}
    </Menu>
  );
}
