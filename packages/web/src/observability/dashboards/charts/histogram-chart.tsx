import type { Bin } from '../read-rows.ts';

/** Bins side by side; the lowest and the highest value stand below. */
export function HistogramChart({
  bins,
  print,
}: {
  readonly bins: readonly Bin[];
  readonly print: (value: number) => string;
}) {
  const most = bins.reduce((high, { count }) => Math.max(high, count), 0) || 1;
  const low = bins[0]?.from ?? 0;
  const high = bins.at(-1)?.to ?? 1;
  const span = high - low || 1;
  return (
    <div className="flex h-full flex-col" aria-hidden="true">
      <div className="relative min-h-0 flex-1 border-b border-line">
        {bins.map(({ from, to, count }) => (
          <div
            key={from}
            data-hint={`${print(from)} to ${print(to)}: ${count.toLocaleString('en')}`}
            className="absolute bottom-0 min-w-px border-t-2 border-r border-t-accent border-r-bg bg-[color-mix(in_srgb,var(--accent)_28%,transparent)]"
            style={{
              left: `${((from - low) / span) * 100}%`,
              width: `${((to - from || span) / span) * 100}%`,
              height: `${(count / most) * 100}%`,
            }}
          />
        ))}
      </div>
      <div className="tnum flex justify-between pt-1 text-2xs text-muted">
        <span>{print(low)}</span>
        <span>{print(high)}</span>
      </div>
    </div>
  );
}
