import { words } from './messages.ts';

/** The way to the open folder; every step leads there. */
export function FolderPath({
  folder,
  onOpen,
}: {
  readonly folder: string;
  readonly onOpen: (folder: string | undefined) => void;
}) {
  if (folder === '') return null;
  const parts = folder.split('/');
  return (
    <nav aria-label={words.columns.name} className="flex min-w-0 items-center gap-1 text-muted">
      <button
        type="button"
        className="h-6 rounded-sm px-1 hover:text-fg"
        onClick={() => onOpen(undefined)}
      >
        {words.back}
      </button>
      {parts.map((part, index) => (
        <span key={index} className="flex min-w-0 items-center gap-1">
          <span aria-hidden="true">/</span>
          {index === parts.length - 1 ? (
            <span className="truncate font-medium text-fg" aria-current="page">
              {part}
            </span>
          ) : (
            <button
              type="button"
              className="h-6 truncate rounded-sm px-1 hover:text-fg"
              onClick={() => onOpen(parts.slice(0, index + 1).join('/'))}
            >
              {part}
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}
