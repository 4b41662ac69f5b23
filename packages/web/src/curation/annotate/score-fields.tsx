import type { ScoreConfig } from '@coaia/client';
import { useId, type Ref } from 'react';
import { toClass } from '../../ui/class-names.ts';
import { TextAreaField } from '../../ui/form/fields.tsx';
import { Key } from '../../ui/panels.tsx';
import { findFault, listChoices } from './answers.ts';
import { words } from './messages.ts';
import type { Review } from './use-review.ts';

/** The wanted scores: choices with their keys, numbers with their range. */
export function ScoreFields({
  review,
  configs,
  commentRef,
}: {
  readonly review: Review;
  readonly configs: readonly ScoreConfig[];
  readonly commentRef: Ref<HTMLTextAreaElement>;
}) {
  return (
    <div className="space-y-4">
      {configs.map((config, at) => (
        <ScoreField
          key={config.id}
          config={config}
          review={review}
          active={at === review.active}
          onActivate={() => review.setActive(at)}
        />
      ))}
      <label className="block">
        <span className="mb-1 block text-xs text-muted">{words.comment}</span>
        <textarea
          ref={commentRef}
          value={review.comment}
          rows={3}
          className="w-full resize-y rounded-md border border-field bg-bg px-2 py-1.5"
          onChange={(event) => review.setComment(event.target.value)}
        />
      </label>
    </div>
  );
}

interface ScoreFieldProps {
  readonly config: ScoreConfig;
  readonly review: Review;
  readonly active: boolean;
  readonly onActivate: () => void;
}

function ScoreField({ config, review, active, onActivate }: ScoreFieldProps) {
  const id = useId();
  const value = review.answers[config.id] ?? '';
  return (
    <fieldset
      data-config={config.name}
      data-active={active ? 'yes' : undefined}
      aria-describedby={`${id}-hint`}
      className={toClass('border-l-2 pl-3', active ? 'border-accent' : 'border-line')}
      onFocus={onActivate}
    >
      <legend className="float-left w-full font-medium">{config.name}</legend>
      <p id={`${id}-hint`} className="clear-both mb-1.5 text-xs text-muted">
        {config.description ?? ''}
      </p>
      {config.dataType === 'NUMERIC' ? (
        <NumberField config={config} value={value} review={review} />
      ) : null}
      {config.dataType === 'TEXT' ? (
        <TextAreaField
          label={config.name}
          value={value}
          onChange={(text) => review.answer(config, text)}
        />
      ) : null}
      <div className="flex flex-wrap gap-1.5">
        {listChoices(config).map(({ label, key }) => (
          <button
            key={label}
            type="button"
            aria-pressed={value === label}
            className={toClass(
              'flex min-h-7 items-center gap-1.5 rounded-md border px-2 text-left',
              value === label
                ? 'border-accent bg-accent-soft font-medium'
                : 'border-line-strong hover:bg-hover',
            )}
            onClick={() => review.answer(config, label)}
          >
            {active && key !== undefined ? <Key>{key}</Key> : null}
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function NumberField({
  config,
  value,
  review,
}: {
  readonly config: ScoreConfig;
  readonly value: string;
  readonly review: Review;
}) {
  const id = useId();
  const fault = findFault(config, value);
  const { minValue, maxValue } = config;
  const range = words.number(String(minValue ?? '−∞'), String(maxValue ?? '∞'));
  return (
    <div className="flex items-center gap-2">
      <input
        type="text"
        inputMode="decimal"
        aria-label={config.name}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={id}
        value={value}
        className="tnum h-7 w-24 rounded-md border border-field bg-bg px-2 aria-invalid:border-error"
        onChange={(event) => review.answer(config, event.target.value)}
      />
      <span
        id={id}
        className={toClass('text-xs', fault === undefined ? 'text-muted' : 'text-error')}
      >
        {fault ?? range}
      </span>
    </div>
  );
}
