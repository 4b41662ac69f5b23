import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { typeLooks } from '../../observability/trace/node.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, SelectField } from '../../ui/form/fields.tsx';
import { IconArrowDown, IconArrowUp, IconClose, IconTrash } from '../../ui/icons.ts';
import { moveStep, renameStep, setLink, setValue } from '../document/edit-text.ts';
import { words } from '../messages.ts';
import { actionsQuery } from '../queries.ts';
import { LazyText } from './lazy-text.tsx';
import type { PageStep } from './to-graph.ts';
import type { PipelineView } from './use-pipeline.ts';
import { WithField } from './with-field.tsx';

const part = words.panel;

/** One step as a form; every change goes into the text at once, and nothing else of it changes. */
export function StepPanel({
  view,
  step,
  focusNeeds,
  onRemove,
}: {
  readonly view: PipelineView;
  readonly step: PageStep;
  /** Counts up when the list of needs shall have the focus. */
  readonly focusNeeds: number;
  readonly onRemove: () => void;
}) {
  const { source } = view;
  return (
    <div className="space-y-3 p-4" data-panel={step.id}>
      <div className="flex items-start gap-1">
        <h2 className="min-w-0 flex-1 pt-0.5 font-semibold break-words">{step.name}</h2>
        {step.inherited ? null : (
          <>
            <Button
              tone="ghost"
              square
              label={words.graph.moveUp}
              onClick={() => view.edit(moveStep(source, step.index, -1))}
            >
              <IconArrowUp size={14} />
            </Button>
            <Button
              tone="ghost"
              square
              label={words.graph.moveDown}
              onClick={() => view.edit(moveStep(source, step.index, 1))}
            >
              <IconArrowDown size={14} />
            </Button>
            <Button tone="ghost" square label={words.graph.remove} onClick={onRemove}>
              <IconTrash size={14} />
            </Button>
          </>
        )}
        <Button tone="ghost" square label={part.close} onClick={() => view.setStep(undefined)}>
          <IconClose size={14} />
        </Button>
      </div>
      {step.problems.map((problem) => (
        <p
          key={problem.message}
          className={`text-xs ${problem.severity === 'error' ? 'text-error' : 'text-warn'}`}
        >
          {problem.message}
        </p>
      ))}
      {step.inherited ? (
        <p className="text-muted">{part.notHere}</p>
      ) : (
        <StepFields view={view} step={step} focusNeeds={focusNeeds} />
      )}
    </div>
  );
}

interface FieldsProps {
  readonly view: PipelineView;
  readonly step: PageStep;
  readonly focusNeeds: number;
}

function StepFields({ view, step, focusNeeds }: FieldsProps) {
  const { source } = view;
  const set = (key: string, value: unknown) =>
    view.edit(setValue(source, ['steps', step.index, key], value === '' ? undefined : value));
  const text = (key: string) => toText(step.fields[key]);
  return (
    <>
      <LazyText label={part.name} value={step.name} onChange={(value) => set('name', value)} />
      <IdField view={view} step={step} />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label={part.type}
          value={step.type}
          options={toTypeOptions(step.type)}
          onChange={(type) => set('observation_type', type)}
        />
        <ActionField view={view} step={step} onChange={(action) => set('action', action)} />
      </div>
      {step.action === null ? null : (
        <WithField
          key={source.format}
          value={step.fields['with']}
          onChange={(value) => set('with', value)}
        />
      )}
      <Needs view={view} step={step} focusNeeds={focusNeeds} />
      <ParentField view={view} step={step} onChange={(parent) => set('parent', parent)} />
      <LazyText
        label={part.condition}
        hint={part.conditionHint}
        mono
        value={text('conditional')}
        onChange={(value) => set('conditional', value)}
      />
      <LazyText
        label={part.foreach}
        hint={part.foreachHint}
        mono
        value={text('foreach')}
        onChange={(value) => set('foreach', value)}
      />
      <div className="grid grid-cols-2 gap-3">
        <LazyText
          label={part.attempts}
          value={toText(toRetry(step)['attempts'])}
          onChange={(value) =>
            view.edit(
              setValue(source, ['steps', step.index, 'retry'], toRetryValue(toRetry(step), value)),
            )
          }
        />
        <LazyText
          label={part.timeout}
          hint={part.timeoutHint}
          value={text('timeout')}
          onChange={(value) => set('timeout', value)}
        />
      </div>
      <LazyText
        label={part.description}
        value={text('description')}
        rows={2}
        onChange={(value) => set('description', value)}
      />
    </>
  );
}

function IdField({ view, step }: { readonly view: PipelineView; readonly step: PageStep }) {
  const taken = (id: string) => id !== step.id && view.graph.pageSteps.some((one) => one.id === id);
  return (
    <LazyText
      label={part.id}
      hint={part.idHint}
      mono
      value={step.id}
      findFault={(id) => (taken(id) ? part.idTaken : undefined)}
      onChange={(id) => {
        if (id === '') return;
        view.edit(renameStep(view.source, step.index, step.id, id));
        view.setStep(id);
      }}
    />
  );
}

function ActionField({
  view,
  step,
  onChange,
}: {
  readonly view: PipelineView;
  readonly step: PageStep;
  readonly onChange: (action: string) => void;
}) {
  const known = useQuery(actionsQuery(view.project)).data;
  if (known === undefined) {
    return <LazyText label={part.action} value={step.action ?? ''} onChange={onChange} />;
  }
  const names = known.map(({ name }) => name);
  const all = step.action === null || names.includes(step.action) ? names : [step.action, ...names];
  return (
    <SelectField
      label={part.action}
      value={step.action ?? ''}
      options={[
        { value: '', label: part.noAction },
        ...all.map((name) => ({ value: name, label: name })),
      ]}
      onChange={onChange}
    />
  );
}

function Needs({ view, step, focusNeeds }: FieldsProps) {
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (focusNeeds > 0) place.current?.querySelector('input')?.focus();
  }, [focusNeeds]);
  const others = view.graph.pageSteps.filter(({ id }) => id !== step.id);
  const isNeeded = (one: PageStep) => step.needs.includes(one.id) || step.needs.includes(one.name);
  return (
    <fieldset ref={place} data-own-keys="">
      <legend className="mb-1 text-xs text-muted">{part.needs}</legend>
      {others.length === 0 ? <p className="text-xs text-muted">{part.noOthers}</p> : null}
      <div className="max-h-48 overflow-y-auto">
        {others.map((one) => (
          <CheckField
            key={one.id}
            label={one.name}
            checked={isNeeded(one)}
            onChange={(linked) => {
              const need = step.needs.includes(one.name) ? one.name : one.id;
              view.edit(setLink(view.source, step.index, need, linked));
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function ParentField({
  view,
  step,
  onChange,
}: {
  readonly view: PipelineView;
  readonly step: PageStep;
  readonly onChange: (parent: string) => void;
}) {
  const others = view.graph.pageSteps.filter(({ id }) => id !== step.id);
  const current = others.find(({ id, name }) => [id, name].includes(step.parent ?? ''));
  return (
    <SelectField
      label={part.parent}
      value={current?.id ?? ''}
      options={[
        { value: '', label: part.top },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={onChange}
    />
  );
}

function toTypeOptions(type: string) {
  const known = Object.entries(typeLooks).map(([value, { label }]) => ({ value, label }));
  return type in typeLooks ? known : [{ value: type, label: type }, ...known];
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toRetry(step: PageStep): Readonly<Record<string, unknown>> {
  const retry = step.fields['retry'];
  if (typeof retry === 'number') return { attempts: retry };
  return typeof retry === 'object' && retry !== null
    ? (retry as Readonly<Record<string, unknown>>)
    : {};
}

function toRetryValue(retry: Readonly<Record<string, unknown>>, typed: string): unknown {
  const attempts = Number(typed);
  if (typed === '' || !Number.isInteger(attempts) || attempts < 1) return undefined;
  return { ...retry, attempts };
}
