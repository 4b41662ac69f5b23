import { useNavigate } from '@tanstack/react-router';
import { addToast } from '../../lib/toasts.ts';
import { words } from '../messages.ts';
import { readPrediction } from '../queries.ts';

const MOST_TRIES = 5;
const PAUSE_MS = 400;

/** Opens the trace of a prediction; reading the prediction makes the server write it first. */
export function useOpenTrace(project: string, model: string) {
  const navigate = useNavigate();
  return async (requestId: string) => {
    // What was just asked is written a moment later, with others.
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const found = await readPrediction(model, requestId).catch(() => undefined);
      if (found !== undefined) {
        const { traceId } = found;
        await navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    addToast({ text: words.try.noTrace, tone: 'error' });
  };
}
