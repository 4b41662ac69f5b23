import { writeClipboard } from '../../lib/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconMore } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { words } from './messages.ts';

/** What can be done with a user. */
export interface UserActions {
  readonly openTraces: (user: string) => void;
  readonly openSessions: (user: string) => void;
  readonly erase: (user: string) => void;
}

/** The menu at the end of a line. */
export function UserMenu({
  user,
  actions,
}: {
  readonly user: string;
  readonly actions: UserActions;
}) {
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={words.more(user)} className="h-6 w-6">
          <IconMore size={14} />
        </Button>
      )}
    >
      <MenuItem onSelect={() => actions.openTraces(user)}>{words.openTraces}</MenuItem>
      <MenuItem onSelect={() => actions.openSessions(user)}>{words.openSessions}</MenuItem>
      <MenuItem onSelect={() => void writeClipboard(user, uiWords.copied)}>{words.copyId}</MenuItem>
      <MenuLine />
      <MenuItem tone="danger" onSelect={() => actions.erase(user)}>
        {words.erase}
      </MenuItem>
    </Menu>
  );
}
