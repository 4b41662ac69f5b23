import type { DeploymentSignature } from '@coaia/client';
import { toDuration, toText } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import { toAnswerRows } from '../answer-rows.ts';
import { Fact } from '../section.tsx';
import { toShown } from '../show-value.ts';
import { useOpenTrace } from '../use-open-trace.ts';
import type { TimedAnswer } from './use-ask.ts';

const part = words.try;

/** What the model answered to one row: outputs, probabilities by class, flags, warnings, time, trace. */
export function AnswerView({
  project,
  answer: { body, tookMs },
  signature,
}: {
  readonly project: string;
  readonly answer: TimedAnswer;
  readonly signature: DeploymentSignature;
}) {
  const openTrace = useOpenTrace(project, body.model);
  const [row = {}] = toAnswerRows(body, signature);
  const classes = body.classes ?? signature.classes ?? [];
  const { probability, ...rest } = row;
  const chances = Array.isArray(probability) && probability.length === classes.length;
  const outputs = chances ? rest : row;
  return (
    <section aria-label={part.answer} data-answer={body.version} className="space-y-4">
      <dl className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {Object.entries(outputs).map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className="tnum text-lg font-semibold">{toShown(value)}</span>
          </Fact>
        ))}
      </dl>
      {chances ? <Chances classes={classes} chances={probability as readonly number[]} /> : null}
      <Notes name={part.flags} lines={(body.flags ?? []).map(({ message }) => message)} />
      <Notes name={part.warnings} lines={body.warnings ?? []} />
      <div className="flex flex-wrap items-center gap-3 text-xs text-muted">
        <span className="tnum">
          {part.by(body.version)} · {part.took(toText(toDuration(tookMs)))}
        </span>
        <Button onClick={() => void openTrace(body.request_id)}>{part.trace}</Button>
      </div>
    </section>
  );
}

function Chances({
  classes,
  chances,
}: {
  readonly classes: readonly (string | number | boolean)[];
  readonly chances: readonly number[];
}) {
  return (
    <ul aria-label={part.probability} className="space-y-1">
      {classes.map((name, at) => {
        const chance = chances[at] ?? 0;
        return (
          <li key={String(name)} className="flex items-center gap-2 text-xs">
            <span className="w-28 truncate text-muted">{String(name)}</span>
            <span className="h-2 min-w-0 flex-1 bg-surface" aria-hidden="true">
              <span className="block h-full bg-accent" style={{ width: `${chance * 100}%` }} />
            </span>
            <span className="tnum w-16 text-right">{toDigits(chance, 4)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Notes({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="rounded-r-md border border-l-2 border-line border-l-warn p-2.5">
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
