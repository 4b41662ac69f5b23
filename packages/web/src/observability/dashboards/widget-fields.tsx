import type { ChartType, WidgetView } from '@coaia/client';
import type { Ref } from 'react';
import { JsonField } from '../../ui/form/json-field.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import type { MetricsView } from './dashboards-query.ts';
import { words } from './messages.ts';
import { aggregations, type WidgetDraft } from './widget-draft.ts';

interface WidgetFieldsProps {
  readonly nameRef?: Ref<HTMLInputElement>;
  readonly draft: WidgetDraft;
  readonly views: readonly MetricsView[];
  readonly onChange: (change: Partial<WidgetDraft>) => void;
}

const labels = words.form;

/** What a widget is called, what it asks and how it is drawn. */
export function WidgetFields({ draft, views, onChange, nameRef }: WidgetFieldsProps) {
  const known = views.find(({ view }) => view === draft.view);
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-3 max-sm:grid-cols-1">
      <TextField
        label={labels.name}
        value={draft.name}
        onChange={(name) => onChange({ name })}
        {...(nameRef === undefined ? {} : { inputRef: nameRef })}
      />
      <TextField
        label={labels.description}
        value={draft.description}
        onChange={(description) => onChange({ description })}
      />
      <SelectField<ChartType>
        label={labels.chart}
        value={draft.chartType}
        onChange={(chartType) => onChange({ chartType })}
        options={(Object.keys(words.charts) as ChartType[]).map((value) => ({
          value,
          label: words.charts[value],
        }))}
      />
      <SelectField<WidgetView>
        label={labels.view}
        value={draft.view}
        onChange={(view) => onChange({ view, dimension: '', measure: 'count', agg: 'count' })}
        options={views
          .filter(({ view }) => view !== 'traces')
          .map(({ view }) => ({
            value: view as WidgetView,
            label: words.views[view as WidgetView],
          }))}
      />
      <MetricFields draft={draft} views={views} onChange={onChange} />
      <GroupFields draft={draft} known={known} onChange={onChange} />
      <JsonField
        className="col-span-full"
        label={labels.filters}
        value={draft.filters}
        onChange={(filters) => onChange({ filters })}
        minLines={2}
      />
    </div>
  );
}

function MetricFields({ draft, views, onChange }: WidgetFieldsProps) {
  const known = views.find(({ view }) => view === draft.view);
  const measures = known?.measures ?? [];
  const isText = measures.find(({ name }) => name === draft.measure)?.kind === 'text';
  const offered = isText ? (['count', 'uniq'] as const) : aggregations;
  const isHistogram = draft.chartType === 'HISTOGRAM';
  return (
    <>
      <SelectField
        label={labels.measure}
        value={draft.measure}
        onChange={(measure) => onChange({ measure })}
        options={measures.map(({ name }) => ({ value: name, label: name }))}
      />
      {isHistogram ? (
        <TextField
          label={labels.bins}
          type="number"
          value={draft.bins}
          placeholder="10"
          onChange={(bins) => onChange({ bins })}
        />
      ) : (
        <SelectField
          label={labels.aggregation}
          value={draft.agg}
          onChange={(agg) => onChange({ agg })}
          options={offered.map((value) => ({ value, label: value }))}
        />
      )}
    </>
  );
}

function GroupFields({
  draft,
  known,
  onChange,
}: Omit<WidgetFieldsProps, 'views'> & { readonly known: MetricsView | undefined }) {
  const { chartType } = draft;
  if (chartType === 'NUMBER' || chartType === 'HISTOGRAM') return null;
  const isPivot = chartType === 'PIVOT_TABLE';
  const dimensions = known?.dimensions ?? [];
  return (
    <>
      {isPivot ? (
        <TextField
          label={labels.dimension}
          value={draft.dimension}
          placeholder={dimensions.slice(0, 2).join(', ')}
          onChange={(dimension) => onChange({ dimension })}
        />
      ) : (
        <SelectField
          label={labels.dimension}
          value={draft.dimension}
          onChange={(dimension) => onChange({ dimension })}
          options={[
            { value: '', label: labels.none },
            ...dimensions.map((value) => ({ value, label: value })),
          ]}
        />
      )}
      <TextField
        label={labels.limit}
        type="number"
        value={draft.limit}
        placeholder="100"
        onChange={(limit) => onChange({ limit })}
      />
    </>
  );
}
