import { ApiError } from '../../lib/api.ts';
import { words } from '../messages.ts';
import { Failure } from '../panels.tsx';

/** Why a page cannot show its object: it does not exist (`missing` says so), or the call failed. */
export function ErrorState({
  error,
  title,
  missing,
  onRetry,
}: {
  readonly error: unknown;
  /** `The prompts could not be read.` */
  readonly title: string;
  /** `There is no such prompt`; shown for 404. */
  readonly missing?: string;
  readonly onRetry?: () => void;
}) {
  if (missing !== undefined && error instanceof ApiError && error.status === 404) {
    return (
      <div className="max-w-160 p-4" data-empty="missing">
        <p className="font-medium">{missing}</p>
        <p className="mt-1 text-muted">{words.missingLead}</p>
      </div>
    );
  }
  return <Failure title={title} error={error} {...(onRetry === undefined ? {} : { onRetry })} />;
}
