import type { Model } from '@coaia/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { parseJsonText, toJsonText } from '../../lib/json-text.ts';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { JsonField } from '../../ui/form/json-field.tsx';
import { words as uiWords } from '../../ui/messages.ts';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { findPrices, parsePriceLines, toPriceLines, toSingleTier, toTierInputs } from './prices.ts';
import { toModelsListKey, writeModel, type ModelInput } from './queries.ts';

const units = ['TOKENS', 'CHARACTERS', 'MILLISECONDS', 'SECONDS', 'IMAGES', 'REQUESTS'] as const;
const unitOptions = units.map((value) => ({ value, label: value.toLowerCase() }));

interface Draft {
  readonly name: string;
  readonly pattern: string;
  readonly unit: (typeof units)[number];
  readonly start: string;
  readonly prices: string;
  readonly tiers: string;
}

const blank: Draft = {
  name: '',
  pattern: '',
  unit: 'TOKENS',
  start: '',
  prices: 'input \noutput ',
  tiers: '',
};

function toDraft(from: Model | undefined): Draft {
  if (from === undefined) return blank;
  const hasTiers = from.pricingTiers.length > 1;
  return {
    name: from.modelName,
    pattern: from.matchPattern,
    unit: from.unit ?? blank.unit,
    start: from.startDate?.slice(0, 10) ?? '',
    prices: toPriceLines(findPrices(from)),
    tiers: hasTiers ? toJsonText(toTierInputs(from.pricingTiers)) : '',
  };
}

// Undefined while something is missing or wrong.
function toInput(draft: Draft): ModelInput | undefined {
  const tiers = parseJsonText(draft.tiers);
  const lines = parsePriceLines(draft.prices);
  if (draft.name.trim() === '' || draft.pattern.trim() === '' || !tiers.ok) return undefined;
  if (tiers.value === undefined && 'wrong' in lines) return undefined;
  return {
    modelName: draft.name.trim(),
    matchPattern: draft.pattern.trim(),
    unit: draft.unit,
    startDate: draft.start.trim() === '' ? null : draft.start.trim(),
    pricingTiers: tiers.value ?? toSingleTier('prices' in lines ? lines.prices : {}),
  };
}

/** Adds a model to the project, from nothing or from another one, or changes one. */
export function ModelDialog({
  project,
  from,
  id,
  onClose,
}: {
  readonly project: string;
  /** What the form starts with. */
  readonly from: Model | undefined;
  /** Which one is changed; none: a new one. */
  readonly id: string | undefined;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => toDraft(from));
  const input = toInput(draft);
  const save = useMutation({
    mutationFn: (body: ModelInput) => writeModel(body, id),
    onSuccess: async ({ modelName }) => {
      addToast({ text: words.saved(modelName) });
      await client.invalidateQueries({ queryKey: toModelsListKey(project) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={id === undefined ? words.addTitle : words.changeTitle(from?.modelName ?? id)}
    >
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (input !== undefined && !save.isPending) save.mutate(input);
        }}
      >
        <ModelFields draft={draft} onChange={setDraft} />
        {save.isError ? (
          <div className="-mx-4 sm:col-span-2">
            <Failure title={words.saveFailed} error={save.error} />
          </div>
        ) : null}
        <div className="flex justify-end gap-2 sm:col-span-2">
          <Button onClick={onClose}>{uiWords.cancel}</Button>
          <Button type="submit" tone="primary" disabled={input === undefined || save.isPending}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ModelFields({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const lines = parsePriceLines(draft.prices);
  // A kind whose price is still to be typed is not wrong yet.
  const wrong = 'wrong' in lines && /\s|\d/.test(lines.wrong) ? lines.wrong : undefined;
  return (
    <>
      <TextField
        label={words.name}
        value={draft.name}
        mono
        onChange={(name) => onChange({ ...draft, name })}
      />
      <TextField
        label={words.pattern}
        hint={words.patternHint}
        value={draft.pattern}
        mono
        onChange={(pattern) => onChange({ ...draft, pattern })}
      />
      <SelectField
        label={words.unit}
        value={draft.unit}
        options={unitOptions}
        onChange={(unit) => onChange({ ...draft, unit })}
      />
      <TextField
        label={words.startDate}
        hint={words.startHint}
        value={draft.start}
        onChange={(start) => onChange({ ...draft, start })}
      />
      <TextAreaField
        className="sm:col-span-2"
        label={words.prices}
        hint={words.pricesHint}
        error={wrong === undefined ? undefined : words.pricesWrong(wrong)}
        value={draft.prices}
        rows={3}
        mono
        onChange={(prices) => onChange({ ...draft, prices })}
      />
      <JsonField
        className="sm:col-span-2"
        label={words.tiers}
        hint={words.tiersHint}
        value={draft.tiers}
        minLines={2}
        onChange={(tiers) => onChange({ ...draft, tiers })}
      />
    </>
  );
}
