import type { DriftField, DriftReport, DriftWindow } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField } from '../../../ui/form/fields.tsx';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { Snippet, SkeletonRows } from '../../../ui/panels.tsx';
import { Sentence } from '../../../ui/sentence.tsx';
import { Status } from '../../../ui/value.tsx';
import { toAbsolute } from '../../../lib/time.ts';
import { usePreferences } from '../../../lib/preferences.ts';
import { words } from '../../messages.ts';
import { toDigits, toInterval, toShare, toShareInterval } from '../../numbers.ts';
import { toText } from '../../../lib/format.ts';
import { driftQuery } from '../../queries.ts';
import { Table, TabBody, type TableColumn } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.drift;

/** Drift of each field in a window against the reference, with the chance of a false alarm that was agreed on. */
export function DriftTab({ open: { view, detail } }: { readonly open: OpenDeployment }) {
  const { project, model, search, update } = view;
  // As `ao drift` in the folder of the project judges; the server's own rule without a gateway.
  const rule = detail.gateways.find(({ monitor }) => monitor !== undefined)?.monitor;
  const query = useQuery(driftQuery(project, model, search.version, rule));
  const report = query.data;
  return (
    <TabBody label={words.tabs.drift}>
      <SelectField
        label={words.predictions.version}
        className="w-40"
        value={String(search.version ?? report?.version ?? detail.traffic?.champion ?? '')}
        onChange={(next) => update({ version: Number(next) })}
        options={detail.versions.map(({ version }) => ({
          value: String(version),
          label: words.version(version),
        }))}
      />
      {query.isPending ? <SkeletonRows rows={6} /> : null}
      {query.isError ? (
        <div className="-m-4">
          <ErrorState
            title={part.failed}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        </div>
      ) : null}
      {report === undefined ? null : <Report report={report} />}
    </TabBody>
  );
}

function Report({ report }: { readonly report: DriftReport }) {
  const { reference, reason, windows, model } = report;
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const { utc } = usePreferences();
  const at = chosen ?? windows.length - 1;
  const window = windows[at];
  return (
    <>
      {reason === null ? null : (
        <div data-empty="drift">
          <p className="font-medium">{part.none}</p>
          <p className="mt-1 max-w-180 text-pretty text-muted">
            <Sentence text={reason} />
          </p>
        </div>
      )}
      {reference === null ? (
        <div className="max-w-180">
          <p className="mb-2 text-muted">{part.reference}</p>
          <Snippet text={part.referenceHint(model)} label={part.reference} />
        </div>
      ) : (
        <p className="max-w-180 text-pretty text-muted">
          {part.against(reference.source, reference.rows)}{' '}
          {window === undefined
            ? null
            : part.rule(toText(toShare(report.falseAlarmRate)), toDigits(window.threshold, 2))}
        </p>
      )}
      {window === undefined ? (
        reason === null ? (
          <p className="text-muted">{part.empty}</p>
        ) : null
      ) : (
        <>
          <SelectField
            label={part.window}
            className="max-w-100"
            value={String(at)}
            onChange={(next) => setChosen(Number(next))}
            options={windows.map((one, index) => ({
              value: String(index),
              label: toWindowName(one, utc),
            }))}
          />
          <WindowTable window={window} />
          <Reasons window={window} />
          <p className="max-w-180 text-xs text-pretty text-muted">{part.psiNote}</p>
        </>
      )}
    </>
  );
}

function toWindowName({ from, to, isComplete, isAlert, rows }: DriftWindow, utc: boolean): string {
  const said = isAlert ? part.alert : isComplete ? part.calm : part.still;
  const moment = (iso: string) => toAbsolute(iso, utc).slice(0, 16);
  return `${moment(from)} – ${moment(to).slice(5)} · ${words.predictions.columns.rows} ${rows.toLocaleString('en')} · ${said}`;
}

function WindowTable({ window }: { readonly window: DriftWindow }) {
  const names = part.columns;
  const columns: readonly TableColumn<DriftField>[] = [
    {
      name: names.name,
      render: ({ name, side }) => (
        <>
          <span className="font-medium">{name}</span>
          {side === 'output' ? <span className="ml-2 text-muted">{part.output}</span> : null}
        </>
      ),
    },
    {
      name: names.verdict,
      render: (field) => <Verdict field={field} isComplete={window.isComplete} />,
    },
    { name: names.psi, right: true, render: ({ psi }) => toInterval(psi) },
    {
      name: names.chance,
      right: true,
      render: ({ psiWithoutDrift }) => toNumber(psiWithoutDrift),
    },
    {
      name: names.change,
      right: true,
      render: ({ change, kind }) => (
        <>
          {kind === 'category' ? <span className="mr-2 text-muted">{change?.what}</span> : null}
          {toInterval(change)}
        </>
      ),
    },
    {
      name: names.missing,
      right: true,
      render: ({ missing }) => toShareInterval(missing),
    },
    {
      name: names.outside,
      right: true,
      render: ({ outside }) => toShareInterval(outside),
    },
    {
      name: names.p,
      right: true,
      render: ({ p, isAlert }) => (
        <span className={isAlert ? 'text-error' : undefined}>
          {p === null ? toNumber(p) : toDigits(p, 2)}
        </span>
      ),
    },
    { name: names.count, right: true, render: ({ count }) => count.toLocaleString('en') },
  ];
  return (
    <Table
      label={part.table}
      columns={columns}
      rows={window.fields}
      toKey={({ side, name }) => `${side} ${name}`}
      toMarks={({ name }) => ({ 'data-field': name })}
    />
  );
}

function toNumber(value: number | null) {
  return value === null ? <span className="text-faint">–</span> : toDigits(value);
}

function Verdict({
  field: { isAlert, p },
  isComplete,
}: {
  readonly field: DriftField;
  readonly isComplete: boolean;
}) {
  if (p === null && !isAlert) return <span className="text-faint">–</span>;
  if (!isAlert && !isComplete) return <span className="text-muted">{part.thin}</span>;
  return <Status state={isAlert ? 'error' : 'ok'} word={isAlert ? part.alert : part.calm} />;
}

function Reasons({ window: { fields } }: { readonly window: DriftWindow }) {
  const reasons = fields.flatMap(({ why }) => why ?? []);
  if (reasons.length === 0) return null;
  return (
    <ul className="space-y-1">
      {reasons.map((one) => (
        <li key={one}>{part.because(one)}</li>
      ))}
    </ul>
  );
}
