import { writeClipboard } from '../lib/clipboard.ts';
import { copyForms, toCopyText, type OperationCall } from '../lib/copy-as.ts';
import { useShortcuts } from '../lib/keyboard.ts';
import { Button } from './button.tsx';
import { IconChevronDown } from './icons.ts';
import { Menu, MenuItem } from './menu.tsx';
import { words } from './messages.ts';

/** Copies what the page shows as a command or as code. */
export function CopyAsMenu({ call }: { readonly call: OperationCall }) {
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} className="max-md:hidden">
          {words.copyAs}
          <IconChevronDown size={14} className="text-muted" />
        </Button>
      )}
    >
      {copyForms.map((form) => (
        <MenuItem
          key={form}
          detail={form === 'CLI' ? 'y' : undefined}
          onSelect={() => void writeClipboard(toCopyText(form, call), words.copiedAs(form))}
        >
          {form}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** Copies the command that gives what the page shows. */
export function writeCommand(call: OperationCall): void {
  void writeClipboard(toCopyText('CLI', call), words.copiedAs('CLI'));
}

/** Copies the address of the page. */
export function writeLink(): void {
  void writeClipboard(location.href, words.copiedLink);
}

/** `y` copies the command, `c` the address, while the page is open. */
export function useCopyKeys(call: OperationCall | undefined): void {
  useShortcuts(words.page, [
    {
      keys: ['y'],
      label: words.copyCli,
      run: () => {
        if (call !== undefined) writeCommand(call);
      },
      when: () => call !== undefined,
    },
    { keys: ['c'], label: words.copyLink, run: writeLink },
  ]);
}
