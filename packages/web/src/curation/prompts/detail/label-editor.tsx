import { useQuery } from '@tanstack/react-query';
import { useId, useState, type SubmitEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { toClass } from '../../../ui/class-names.ts';
import { CheckField } from '../../../ui/form/fields.tsx';
import { IconClose, IconLock, IconPlus } from '../../../ui/icons.ts';
import { words } from '../messages.ts';
import { latest, toOrderedLabels, type PromptOverview } from '../prompt.ts';
import { protectedLabelsQuery } from '../queries.ts';
import { findLabelled, moveLabel, removeLabel, setProtected } from './prompt-actions.ts';

const usual = ['production', 'staging'];

/** The labels of a version: take one off, put one on, say which ones keys may not move. */
export function LabelEditor({
  project,
  overview,
  version,
}: {
  readonly project: string;
  readonly overview: PromptOverview;
  readonly version: number;
}) {
  const kept = useQuery(protectedLabelsQuery(project)).data?.labels ?? [];
  const own = overview.versions.find((line) => line.version === version)?.labels ?? [];
  const movable = own.filter((label) => label !== latest);
  return (
    <div>
      <ul className="flex flex-wrap gap-1">
        {toOrderedLabels(own).map((label) => (
          <Label
            key={label}
            label={label}
            kept={kept.includes(label)}
            onRemove={() => void removeLabel(project, overview, label, version)}
          />
        ))}
      </ul>
      <AddLabel
        overview={overview}
        version={version}
        onAdd={(label) => void moveLabel(project, overview, label, version)}
      />
      {movable.map((label) => (
        <CheckField
          key={label}
          label={words.protect(label)}
          hint={words.protectHint}
          checked={kept.includes(label)}
          className="mt-1"
          onChange={(on) => void setProtected(project, label, on, kept)}
        />
      ))}
    </div>
  );
}

function Label({
  label,
  kept,
  onRemove,
}: {
  readonly label: string;
  readonly kept: boolean;
  readonly onRemove: () => void;
}) {
  const fixed = label === latest;
  return (
    <li
      data-label={label}
      data-hint={fixed ? words.latestHint : kept ? words.protected : ''}
      className={toClass(
        'flex h-6 items-center gap-1 rounded-md border text-xs',
        fixed ? 'px-1.5' : 'pl-1.5',
        label === 'production' ? 'border-accent text-accent' : 'border-line-strong text-muted',
      )}
    >
      {kept ? <IconLock size={12} role="img" aria-label={words.protected} /> : null}
      {label}
      {fixed ? null : (
        <button
          type="button"
          aria-label={words.removeLabel(label)}
          className="flex size-6 items-center justify-center rounded-md hover:bg-hover focus-visible:-outline-offset-2"
          onClick={onRemove}
        >
          <IconClose size={12} />
        </button>
      )}
    </li>
  );
}

function AddLabel({
  overview,
  version,
  onAdd,
}: {
  readonly overview: PromptOverview;
  readonly version: number;
  readonly onAdd: (label: string) => void;
}) {
  const [text, setText] = useState('');
  const list = useId();
  const known = new Set([...usual, ...overview.versions.flatMap((line) => line.labels)]);
  const offers = [...known].filter(
    (label) => label !== latest && findLabelled(overview, label) !== version,
  );
  const wrong = text !== '' && !/^[a-z0-9_.-]{1,36}$/.test(text);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text === '' || wrong || text === latest) return;
    onAdd(text);
    setText('');
  };
  return (
    <form className="mt-2 flex gap-1" onSubmit={submit}>
      <input
        aria-label={words.addLabel}
        aria-invalid={wrong ? true : undefined}
        data-hint={words.labelHint}
        placeholder={words.addLabel}
        value={text}
        list={list}
        autoComplete="off"
        spellCheck={false}
        className="h-7 min-w-0 flex-1 rounded-md border border-field bg-bg px-2 aria-invalid:border-error"
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={list}>
        {offers.map((label) => (
          <option key={label} value={label}>
            {label}
          </option>
        ))}
      </datalist>
      <Button type="submit" square label={words.addLabel} disabled={text === '' || wrong}>
        <IconPlus size={14} />
      </Button>
    </form>
  );
}
