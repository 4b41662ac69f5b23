import { ApiError } from '../../lib/api.ts';
import type { FilterProblem } from '../filter/filter.ts';

/** What the server said about the filter: where the fault lies and what may have been meant. */
export function toRefusal(error: unknown): FilterProblem | undefined {
  if (!(error instanceof ApiError) || error.details?.position === undefined) return undefined;
  const { position, length = 1, suggestions = [] } = error.details;
  return {
    start: position,
    end: position + length,
    soft: false,
    message: error.message,
    suggestions,
  };
}
