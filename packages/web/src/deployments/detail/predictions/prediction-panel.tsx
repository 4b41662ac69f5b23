import type { DeploymentVersion, PredictionDetail, PredictionItem } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toDuration } from '../../../lib/format.ts';
import { ValueBlock } from '../../../pipelines/runs/value-block.tsx';
import { Button, toButtonClass } from '../../../ui/button.tsx';
import { IconClose } from '../../../ui/icons.ts';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { SkeletonRows } from '../../../ui/panels.tsx';
import { Sentence } from '../../../ui/sentence.tsx';
import { Amount, Id, Time } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import { predictionQuery } from '../../queries.ts';
import { Fact } from '../section.tsx';
import { toRowText, toShown } from '../show-value.ts';
import { PredictionMark } from './prediction-columns.tsx';
import { RunAgain } from './run-again.tsx';

const part = words.predictions;

/** One prediction beside the list: values, flags, what shadows said, what happened, its trace. */
export function PredictionPanel({
  project,
  model,
  id,
  versions,
  onClose,
}: {
  readonly project: string;
  readonly model: string;
  readonly id: string;
  readonly versions: readonly DeploymentVersion[];
  readonly onClose: () => void;
}) {
  const query = useQuery(predictionQuery(project, model, id));
  return (
    <aside
      aria-label={part.facts.id}
      className="shrink-0 space-y-4 overflow-y-auto border-line p-4 max-md:max-h-[55%] max-md:border-t md:w-96 md:border-l"
      data-panel={id}
    >
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold">
          {part.facts.id} <span className="font-mono text-xs">{id}</span>
        </h2>
        <Button tone="ghost" square label={part.close} onClick={onClose}>
          <IconClose size={14} />
        </Button>
      </div>
      {query.isPending ? <SkeletonRows rows={6} /> : null}
      {query.isError ? <ErrorState title={part.oneFailed} error={query.error} /> : null}
      {query.data === undefined ? null : (
        <Body project={project} one={query.data} versions={versions} />
      )}
    </aside>
  );
}

function Body({
  project,
  one,
  versions,
}: {
  readonly project: string;
  readonly one: PredictionDetail;
  readonly versions: readonly DeploymentVersion[];
}) {
  return (
    <>
      <Facts one={one} />
      <Link
        to="/p/$project/traces/$traceId"
        params={{ project, traceId: one.traceId }}
        className={toButtonClass()}
      >
        {words.try.trace}
      </Link>
      {one.error === null ? null : (
        <div className="rounded-r-md border border-l-2 border-line border-l-error p-2.5">
          <p className="break-words text-error">
            <Sentence text={one.error.message} />
          </p>
          <p className="mt-1 font-mono text-xs text-faint">{one.error.code}</p>
        </div>
      )}
      <Lines name={words.try.flags} lines={one.flags.map(({ message }) => message)} />
      <Lines name={words.try.warnings} lines={one.warnings} />
      <Values one={one} />
      {one.shadows.length === 0 ? null : (
        <Lines
          name={part.shadows}
          lines={one.shadows.map(
            ({ version, outputs }) =>
              `${words.version(version)}: ${outputs === null ? part.notKept : outputs.map(toRowText).join('; ')}`,
          )}
        />
      )}
      <RunAgain one={one} versions={versions} />
      <Outcomes one={one} />
    </>
  );
}

function Facts({ one }: { readonly one: PredictionItem }) {
  const names = part.facts;
  return (
    <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-1">
      <Fact name={part.columns.status}>
        <PredictionMark status={one.status} />
      </Fact>
      <Fact name={part.columns.at}>
        <Time iso={one.at} />
      </Fact>
      <Fact name={part.columns.version}>
        {one.version} <span className="text-muted">{one.route}</span>
      </Fact>
      <Fact name={part.columns.took}>
        <Amount of={toDuration(one.durationMs)} />
      </Fact>
      <Fact name={names.queue}>
        <Amount of={toDuration(one.queueMs)} />
      </Fact>
      <Fact name={names.worker}>
        <Amount of={toDuration(one.workerMs)} />
      </Fact>
      {one.userId === null ? null : <Fact name={names.user}>{one.userId}</Fact>}
      <Fact name={names.id}>
        <span className="-ml-1">
          <Id id={one.requestId} />
        </span>
      </Fact>
    </dl>
  );
}

function Values({ one: { inputs, outputs, error } }: { readonly one: PredictionItem }) {
  const both = [
    [part.columns.input, inputs],
    // What was refused has no answer.
    ...(error === null ? ([[part.columns.answer, outputs]] as const) : []),
  ] as const;
  return both.map(([name, rows]) => (
    <ValueBlock
      key={name}
      name={name}
      value={rows === null ? part.notKept : rows.length === 1 ? rows[0] : rows}
    />
  ));
}

function Lines({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 className="text-xs text-muted">{name}</h3>
      <ul className="mt-1 space-y-1">
        {lines.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Outcomes({ one: { outcomes } }: { readonly one: PredictionDetail }) {
  return (
    <div>
      <h3 className="text-xs text-muted">{part.outcomes}</h3>
      {outcomes.length === 0 ? <p className="mt-1">{part.noOutcome}</p> : null}
      <ul className="mt-1 space-y-1">
        {outcomes.map(({ row, actual, loss }) => (
          <li key={row}>
            {part.outcome(row, toShown(actual))}
            {loss === null ? null : (
              <span className="ml-2 text-muted">{part.loss(toDigits(loss))}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
