import type { DeploymentField } from '@coaia/client';
import { useState } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { words } from '../../messages.ts';
import { deploymentCalls, type ModelAnswer } from '../../queries.ts';
import { listFieldFaults, readTryValues, type TryValues } from './try-values.ts';

/** An answer and how long it took from the page's point of view. */
export interface TimedAnswer {
  readonly body: ModelAnswer;
  readonly tookMs: number;
}

interface AskState {
  readonly busy: boolean;
  readonly answer?: TimedAnswer;
  readonly error?: unknown;
  /** What is wrong, by field. */
  readonly faults: Readonly<Record<string, string>>;
}

const idle: AskState = { busy: false, faults: {} };

/** Asks the model and keeps its answer, or what it refused and at which fields. */
export function useAsk(model: string, fields: readonly DeploymentField[]) {
  const [state, setState] = useState<AskState>(idle);
  const run = async (values: TryValues, version: number | undefined) => {
    const { row, badJson } = readTryValues(fields, values);
    if (badJson.length > 0) {
      const faults = Object.fromEntries(badJson.map((name) => [name, words.try.badJson]));
      setState({ ...idle, faults });
      return;
    }
    setState({ ...state, busy: true });
    const start = performance.now();
    try {
      const body = await deploymentCalls.predict(model, {
        data: row,
        ...(version === undefined ? {} : { version: String(version) }),
      });
      setState({ ...idle, answer: { body, tookMs: performance.now() - start } });
    } catch (error) {
      const found = error instanceof ApiError ? listFieldFaults(error.reasons) : [];
      const faults = Object.fromEntries(
        found.map(({ field, got, wanted }) => [field, words.try.got(got, wanted)]),
      );
      setState({ ...idle, error, faults });
    }
  };
  return {
    ...state,
    run,
    forget: () => setState(idle),
    /** Takes the fault of a field away once it is changed. */
    forgive: (name: string) => {
      if (state.faults[name] === undefined) return;
      const rest = Object.entries(state.faults).filter(([field]) => field !== name);
      setState({ ...state, faults: Object.fromEntries(rest) });
    },
  };
}
