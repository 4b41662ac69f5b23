import { useNavigate } from '@tanstack/react-router';
import { addToast } from '../../lib/toasts.ts';
import { words } from '../messages.ts';
import { readPrediction } from '../queries.ts';

/** Opens the trace of a prediction; reading the prediction makes the server write it first. */
export function useOpenTrace(project: string, model: string) {
  const navigate = useNavigate();
  return async (requestId: string) => {
    try {
      const { traceId } = await readPrediction(model, requestId);
      await navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } });
    } catch {
      // What was just asked is written a moment later, with others.
      addToast({ text: words.try.noTrace, tone: 'error' });
    }
  };
}
