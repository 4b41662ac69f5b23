import type { Score } from '@coaia/client';
import { absent } from '../../../lib/format.ts';
import { words } from '../messages.ts';
import type { TraceTreeAnswer } from '../node.ts';

function toValue(score: Score): string {
  if (score.dataType === 'BOOLEAN') return score.value === 1 ? words.yes : words.no;
  if (score.dataType === 'NUMERIC')
    return score.value === null ? absent : String(Number(score.value.toFixed(4)));
  return score.stringValue ?? absent;
}

/** Scores of what is selected; the whole trace's with nothing selected. */
export function ScoresTab({
  scores,
  answer,
}: {
  readonly scores: readonly Score[];
  readonly answer: TraceTreeAnswer;
}) {
  if (scores.length === 0) {
    return (
      <div className="p-3">
        <p className="font-medium">{words.noScores}</p>
        <p className="mt-1 text-muted">{words.scoreHint}</p>
      </div>
    );
  }
  const names = new Map(answer.nodes.map((node) => [node.id, node.name ?? node.type]));
  return (
    <div className="overflow-x-auto p-3">
      <table className="w-full">
        <thead>
          <tr className="row-line h-7 text-left text-xs text-muted">
            <th className="pr-4 font-medium">{words.scoreColumns.name}</th>
            <th className="pr-4 text-right font-medium">{words.scoreColumns.value}</th>
            <th className="pr-4 font-medium">{words.scoreColumns.on}</th>
            <th className="pr-4 font-medium">{words.scoreColumns.source}</th>
            <th className="font-medium">{words.scoreColumns.comment}</th>
          </tr>
        </thead>
        <tbody>
          {scores.map((score) => (
            <tr key={score.id} className="row-line h-8">
              <td className="pr-4 font-medium">{score.name}</td>
              <td className="tnum pr-4 text-right">{toValue(score)}</td>
              <td className="pr-4 text-muted">
                {score.observationId === null
                  ? words.wholeTrace
                  : (names.get(score.observationId) ?? absent)}
              </td>
              <td className="pr-4 text-muted">{score.source.toLowerCase()}</td>
              <td className="text-muted">{score.comment ?? absent}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
