import type { DeploymentVersion, PredictionDetail } from '@coaia/client';
import { useState } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import { Failure } from '../../../ui/panels.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import { deploymentCalls, type ModelAnswer } from '../../queries.ts';
import { toAnswerRows } from '../answer-rows.ts';
import { Table, type TableColumn } from '../section.tsx';
import { toShown } from '../show-value.ts';
import { toComparedRows, type ComparedValue } from './compare-answers.ts';
import { toFirst, toObstacle } from './repeatable.ts';

const part = words.again;

/** Sends the recorded input to a version of choice and shows both answers beside each other. */
export function RunAgain({
  one,
  versions,
}: {
  readonly one: PredictionDetail;
  readonly versions: readonly DeploymentVersion[];
}) {
  const [chosen, setChosen] = useState(() => toFirst(one.version, versions));
  const { busy, error, answer, run } = useAgain(one);
  const reason = toObstacle(one, versions);
  return (
    <section aria-label={part.title} className="space-y-2" data-again="">
      <h3 className="text-xs text-muted">{part.title}</h3>
      {reason === undefined ? (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void run(chosen);
          }}
        >
          <SelectField
            label={part.version}
            className="w-36"
            value={String(chosen)}
            onChange={(next) => setChosen(Number(next))}
            options={versions.map(({ version }) => ({
              value: String(version),
              label: words.version(version),
            }))}
          />
          <Button type="submit" disabled={busy}>
            {busy ? part.asking : part.run}
          </Button>
        </form>
      ) : (
        <p className="text-pretty">{reason}</p>
      )}
      <div aria-live="polite">
        {error === undefined ? null : (
          <div className="-m-4">
            <Failure title={part.failed(chosen)} error={error} />
          </div>
        )}
        {answer === undefined ? null : <Comparison one={one} answer={answer} versions={versions} />}
      </div>
    </section>
  );
}

function useAgain(one: PredictionDetail) {
  const [state, setState] = useState<{
    readonly busy: boolean;
    readonly error?: unknown;
    readonly answer?: ModelAnswer;
  }>({ busy: false });
  const run = async (version: number) => {
    setState({ busy: true });
    try {
      const answer = await deploymentCalls.predict(one.model, {
        data: one.inputs?.length === 1 ? one.inputs[0] : one.inputs,
        version: String(version),
      });
      setState({ busy: false, answer });
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof TypeError)) throw error;
      setState({ busy: false, error });
    }
  };
  return { ...state, run };
}

function Comparison({
  one,
  answer,
  versions,
}: {
  readonly one: PredictionDetail;
  readonly answer: ModelAnswer;
  readonly versions: readonly DeploymentVersion[];
}) {
  const asked = versions.find(({ version }) => String(version) === answer.version)?.signature;
  const classes = answer.classes ?? asked?.classes;
  const rows = toComparedRows(one.outputs ?? [], toAnswerRows(answer, asked), classes);
  const isSame = rows.every(({ change }) => change === 'same');
  const columns: readonly TableColumn<ComparedValue>[] = [
    { name: part.value, render: ({ name }) => name },
    {
      name: one.error === null ? part.before(one.version) : part.refusedBefore(one.version),
      right: true,
      render: ({ before }) => toShown(before),
    },
    {
      name: words.version(Number(answer.version)),
      right: true,
      render: ({ after }) => toShown(after),
    },
    {
      name: part.change,
      right: true,
      render: ({ change }) =>
        change === 'same' ? (
          <span className="text-faint">{part.same}</span>
        ) : change === 'other' ? (
          part.other
        ) : (
          `${change > 0 ? '+' : ''}${toDigits(change)}`
        ),
    },
  ];
  return (
    <div className="space-y-1" data-compared={answer.version}>
      <Table
        label={part.table}
        columns={columns}
        rows={rows}
        toKey={({ name }) => name}
        toMarks={({ name }) => ({ 'data-value': name })}
      />
      <p className="text-xs text-muted">
        {one.outputs === null ? part.noAnswer : isSame ? part.allSame : part.recorded}
      </p>
      {(answer.flags ?? []).map(({ message }) => (
        <p key={message} className="text-xs text-warn">
          {message}
        </p>
      ))}
    </div>
  );
}
