import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { IconDownload, IconMore, IconTrash } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { ConfirmDialog } from '../../ui/page/confirm-dialog.tsx';
import { addToast } from '../../lib/toasts.ts';
import { writeFile } from '../../lib/write-file.ts';
import { toFormat } from '../document/edit-text.ts';
import { words } from '../messages.ts';
import type { PipelineFormat } from '../pipeline.ts';
import { deletePipeline, refreshPipelines } from '../queries.ts';
import { draftStore } from './draft-store.ts';
import type { OpenPipeline } from './use-pipeline.ts';

const part = words.menu;

/** What else can be done with a pipeline: its file, its format, deleting the project's versions. */
export function PipelineMenu({
  open: { view, detail },
  deleting,
  onDeleting,
}: {
  readonly open: OpenPipeline;
  readonly deleting: boolean;
  readonly onDeleting: (open: boolean) => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { project, name, source } = view;
  const other: PipelineFormat = source.format === 'json' ? 'yaml' : 'json';
  const remove = async () => {
    await deletePipeline(name);
    draftStore(project, name).write(undefined);
    await refreshPipelines(client, project);
    void navigate({ to: '/p/$project/pipelines', params: { project } });
  };
  return (
    <>
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={part.more}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem
          icon={<IconDownload size={14} />}
          onSelect={() => writeFile(`${name}.${source.format}`, 'text/plain', source.text)}
        >
          {part.download}
        </MenuItem>
        <MenuItem
          onSelect={() => {
            const text = toFormat(source, other);
            view.writeDraft({
              text,
              format: other,
              baseDigest: view.draft?.baseDigest ?? detail.digest,
            });
            view.setTab('file');
            if (other === 'json' && source.text.includes('#'))
              addToast({ text: words.edit.comments });
          }}
        >
          {other === 'json' ? words.edit.toJson : words.edit.toYaml}
        </MenuItem>
        {detail.source === 'server' ? <MenuLine /> : null}
        {detail.source === 'server' ? (
          <MenuItem icon={<IconTrash size={14} />} tone="danger" onSelect={() => onDeleting(true)}>
            {part.remove}
          </MenuItem>
        ) : null}
      </Menu>
      {deleting ? (
        <ConfirmDialog
          title={part.removeTitle}
          name={name}
          action={part.remove}
          failed={part.removeFailed}
          onConfirm={remove}
          onClose={() => onDeleting(false)}
        >
          <p>{part.removeLead}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
