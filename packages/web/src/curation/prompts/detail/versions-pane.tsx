import { toClass } from '../../../ui/class-names.ts';
import { Tag, Time } from '../../../ui/value.tsx';
import { words } from '../messages.ts';
import { toOrderedLabels, type PromptOverview, type VersionLine } from '../prompt.ts';
import type { PromptView } from './use-prompt.ts';

/** The versions of a prompt, newest first; the chosen one has the accent edge. */
export function VersionsPane({
  view,
  overview,
}: {
  readonly view: PromptView;
  readonly overview: PromptOverview;
}) {
  return (
    <nav
      aria-label={words.versions}
      className="shrink-0 overflow-y-auto border-line max-md:max-h-44 max-md:border-b md:w-64 md:border-r"
    >
      <ol>
        {overview.versions.map((line) => (
          <li key={line.version}>
            <VersionButton
              line={line}
              active={line.version === view.version}
              onChoose={() => view.setVersion(line.version)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function VersionButton({
  line,
  active,
  onChoose,
}: {
  readonly line: VersionLine;
  readonly active: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={active ? 'true' : undefined}
      data-version={line.version}
      className={toClass(
        'block w-full px-3 py-2 text-left focus-visible:-outline-offset-2',
        active ? 'row-on' : 'row-line hover:bg-hover',
      )}
      onClick={onChoose}
    >
      <span className="flex items-center gap-2">
        <span className="tnum font-medium">v{line.version}</span>
        <span className="flex min-w-0 flex-1 flex-wrap gap-1">
          {toOrderedLabels(line.labels).map((label) => (
            <Tag key={label} {...(label === 'production' ? { tone: 'accent' as const } : {})}>
              {label}
            </Tag>
          ))}
        </span>
        <Time iso={line.createdAt} className="text-xs text-muted" />
      </span>
      <span
        className={toClass(
          'mt-0.5 block truncate text-xs',
          line.commitMessage === null ? 'text-faint' : 'text-muted',
        )}
      >
        {line.commitMessage ?? words.noMessage}
      </span>
    </button>
  );
}
