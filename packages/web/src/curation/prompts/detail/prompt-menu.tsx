import { Link, useNavigate } from '@tanstack/react-router';
import { runAfterUndo } from '../../../lib/undo.ts';
import { Button, toButtonClass } from '../../../ui/button.tsx';
import { IconDownload, IconEdit, IconMore, IconPlayground, IconTrash } from '../../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx';
import { words } from '../messages.ts';
import {
  findLabelled,
  deletePrompt,
  moveLabel,
  refreshPrompts,
  restoreVersion,
} from './prompt-actions.ts';
import type { PromptOverview } from '../prompt.ts';
import { writeFilesOf } from '../prompt-files.ts';
import type { PromptView } from './use-prompt.ts';

/** What can be done with the chosen version and with the prompt. */
export function PromptActions({
  view,
  overview,
  onDelete,
}: {
  readonly view: PromptView;
  readonly overview: PromptOverview;
  readonly onDelete: () => void;
}) {
  const { project, name, version } = view;
  const navigate = useNavigate();
  const playground = `/p/${encodeURIComponent(project)}/playground?${new URLSearchParams({
    prompt: name,
    version: String(version),
  }).toString()}`;
  return (
    <>
      <RollBack view={view} overview={overview} />
      <Button
        className="max-lg:w-7 max-lg:px-0"
        label={words.playground}
        onClick={() => void navigate({ href: playground })}
      >
        <IconPlayground size={14} />
        <span className="max-lg:sr-only">{words.playground}</span>
      </Button>
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={words.more}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem
          icon={<IconDownload size={14} />}
          onSelect={() => void writeFilesOf(project, [name], version)}
        >
          {words.exportOne}
        </MenuItem>
        <MenuLine />
        {view.numbers.length > 1 ? (
          <MenuItem icon={<IconTrash size={14} />} onSelect={() => removeVersion(view)}>
            {words.deleteVersion(version)}
          </MenuItem>
        ) : null}
        <MenuItem icon={<IconTrash size={14} />} tone="danger" onSelect={onDelete}>
          {words.deletePrompt}
        </MenuItem>
      </Menu>
      <Link
        to="/p/$project/prompts/new"
        params={{ project }}
        search={{ name, version: String(version) }}
        className={toButtonClass('primary')}
      >
        <IconEdit size={14} />
        <span className="max-sm:sr-only">{words.edit}</span>
      </Link>
    </>
  );
}

// Older versions come back in two ways: by moving production to them, or as a new version.
function RollBack({
  view,
  overview,
}: {
  readonly view: PromptView;
  readonly overview: PromptOverview;
}) {
  const { project, version, newest, shown } = view;
  const production = findLabelled(overview, 'production');
  const older = version !== newest;
  if (!older && production === version) return null;
  const restore = async () => {
    if (shown.data === undefined) return;
    const made = await restoreVersion(project, shown.data);
    if (made !== undefined) view.setVersion(made.version);
  };
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} className="max-md:hidden">
          {older ? words.rollBack : words.promote('production', version)}
        </Button>
      )}
    >
      {production === version ? null : (
        <MenuItem onSelect={() => void moveLabel(project, overview, 'production', version)}>
          {words.promote('production', version)}
        </MenuItem>
      )}
      {older ? <MenuItem onSelect={() => void restore()}>{words.restore(version)}</MenuItem> : null}
    </Menu>
  );
}

function removeVersion(view: PromptView): void {
  const { project, name, version, numbers } = view;
  const next = numbers.find((number) => number !== version);
  if (next !== undefined) view.setVersion(next);
  runAfterUndo({
    said: words.versionDeleted(version),
    failed: words.deleteFailed,
    run: (leaving) => deletePrompt(name, version, leaving),
    settled: () => void refreshPrompts(project),
  });
}
