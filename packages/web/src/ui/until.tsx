import { usePreferences } from '../lib/preferences.ts';
import { toAbsolute, toUntil, useNow } from '../lib/time.ts';
import { toClass } from './class-names.ts';

/** A time to come: how long until then, absolute on hover. */
export function Until({ iso, className }: { readonly iso: string; readonly className?: string }) {
  const now = useNow();
  const { utc } = usePreferences();
  return (
    <time
      dateTime={iso}
      className={toClass('tnum whitespace-nowrap', className)}
      data-hint={toAbsolute(iso, utc)}
    >
      {toUntil(iso, now)}
    </time>
  );
}
