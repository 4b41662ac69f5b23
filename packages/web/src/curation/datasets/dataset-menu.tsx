import { toPath } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import { Button } from '../../ui/button.tsx';
import { IconDownload, IconMore, IconTraces, IconTrash, IconUpload } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { words } from './messages.ts';
import type { DatasetView } from './use-dataset.ts';

const formats = ['jsonl', 'csv', 'openai', 'gemini', 'chatml', 'sharegpt', 'hf'] as const;

/** Ways in, ways out, and the end of a dataset. */
export function DatasetMenu({ view }: { readonly view: DatasetView }) {
  const { project, name, search, update } = view;
  const download = (format: (typeof formats)[number]) => {
    const link = document.createElement('a');
    link.href = toPath(toProjectPath(project, 'dataset-file'), {
      name,
      format,
      version: search.version,
    });
    link.download = '';
    link.click();
  };
  return (
    <>
      <Button className="max-lg:hidden" onClick={() => update({ dialog: 'import' })}>
        <IconUpload size={14} />
        {words.import.action}
      </Button>
      <Menu
        renderTrigger={(props) => (
          <Button {...props} square label={words.more}>
            <IconMore size={14} />
          </Button>
        )}
      >
        <MenuItem icon={<IconUpload size={14} />} onSelect={() => update({ dialog: 'import' })}>
          {words.import.action}
        </MenuItem>
        <MenuItem icon={<IconTraces size={14} />} onSelect={() => update({ dialog: 'traces' })}>
          {words.traces.action}
        </MenuItem>
        <MenuLine />
        {formats.map((format) => (
          <MenuItem
            key={format}
            icon={<IconDownload size={14} />}
            onSelect={() => download(format)}
          >
            {`${words.export.action}: ${words.export[format]}`}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem
          tone="danger"
          icon={<IconTrash size={14} />}
          onSelect={() => update({ dialog: 'delete' })}
        >
          {words.deleteDataset}
        </MenuItem>
      </Menu>
    </>
  );
}
