import { words } from '../messages.ts';
import type { RunDetail } from './run.ts';
import { ValueBlock } from './value-block.tsx';

const part = words.run;

/** What a run was given and what came of it. Secrets stay hidden: the server masks them. */
export function RunValues({ run }: { readonly run: RunDetail }) {
  const given = Object.keys(run.variables).length > 0;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="max-w-180 space-y-5 p-4">
        {given ? (
          <ValueBlock name={part.variables} value={run.variables} />
        ) : (
          <p className="text-muted">{part.noVariables}</p>
        )}
        {run.output === null ? (
          <p className="text-muted">{part.noOutput}</p>
        ) : (
          <ValueBlock name={part.output} value={run.output.result} />
        )}
        {Object.entries(run.output?.exports ?? {}).map(([name, value]) => (
          <ValueBlock key={name} name={name} value={value} />
        ))}
      </div>
    </div>
  );
}
