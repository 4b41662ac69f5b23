/** What a shell remembers between commands: variables, and the id that was made last. */
import type { Variables } from '#base';
import { toMasked } from '#config';

type Env = Readonly<Record<string, string | undefined>>;

/** Variables of the context, in the order in which they are shown. */
const CONTEXT = [
  'COAIA_PROFILE',
  'COAIA_TRACE_ID',
  'COAIA_SESSION_ID',
  'COAIA_USER_ID',
  'COAIA_LAST_OBSERVATION_ID',
  'COAIA_PARENT_OBSERVATION_ID',
] as const;

export interface Session {
  /** The environment of the next command. */
  readonly getEnv: () => Env;
  readonly set: (name: string, value: string | undefined) => void;
  /** Takes over what a command exports. */
  readonly take: (variables: Variables) => void;
  /** What was made or chosen last; the trace where the words of a command want one. */
  readonly getLast: (words: readonly string[]) => string | undefined;
  /** Name and value of everything that was set here or is part of the context; secrets are masked. */
  readonly list: () => readonly (readonly [string, string])[];
  readonly getPrompt: () => string;
}

/** A session over the environment that the shell was started with, which is never changed. */
export function createSession(start: Env): Session {
  const own = new Map<string, string | undefined>();
  let last: string | undefined;
  const get = (name: string) => (own.has(name) ? own.get(name) : start[name]) || undefined;
  return {
    getEnv: () => ({ ...start, ...Object.fromEntries(own) }),
    set: (name, value) => {
      own.set(name, value);
      // The observation belongs to the trace that was left.
      if (name === 'COAIA_TRACE_ID')
        for (const other of CONTEXT.slice(4)) own.set(other, undefined);
      if (value !== undefined && /^COAIA_(?:TRACE|SESSION)_ID$/.test(name)) last = value;
    },
    take: (variables) => {
      for (const [name, value] of variables) own.set(name, value);
      const made = new Map(variables);
      last = made.get('COAIA_LAST_OBSERVATION_ID') ?? made.get('COAIA_TRACE_ID') ?? last;
    },
    getLast: (words) => {
      const isAboutTrace = words.includes('traces') && !words.some((word) => word.includes('obs'));
      return isAboutTrace ? get('COAIA_TRACE_ID') : last;
    },
    list: () =>
      [...new Set([...CONTEXT, ...own.keys()])].flatMap((name) => {
        const value = get(name);
        if (value === undefined) return [];
        return [[name, toMasked(name, value)] as const];
      }),
    getPrompt: () => {
      const parts = [get('COAIA_PROFILE'), get('COAIA_TRACE_ID')?.slice(0, 12)].filter(Boolean);
      return parts.length === 0 ? 'coaia> ' : `coaia ${parts.join(' ')}> `;
    },
  };
}
