import { useState } from 'react';
import { sendRequest } from '../lib/api.ts';
import { Button } from '../ui/button.tsx';
import { words } from './messages.ts';

const FIELD =
  'mt-1 h-7 w-full rounded-md border border-field bg-bg px-2 text-sm aria-invalid:border-error';

/** Signing in with address and password, for people who were invited. */
export function PasswordForm() {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { email: fields.get('email'), password: fields.get('password') };
      await sendRequest('/api/v1/sign-in', { method: 'POST', body });
      location.assign('/');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="mt-6 border-t border-line pt-5"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <h2 className="text-sm font-medium">{words.signIn.password.title}</h2>
      <label htmlFor="email" className="mt-3 block text-xs text-muted">
        {words.signIn.password.email}
        <input
          id="email"
          name="email"
          type="email"
          required
          autoComplete="username"
          className={`${FIELD} text-fg`}
        />
      </label>
      <label htmlFor="password" className="mt-3 block text-xs text-muted">
        {words.signIn.password.password}
        <input
          id="password"
          name="password"
          type="password"
          required
          autoComplete="current-password"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'password-wrong'}
          className={`${FIELD} text-fg`}
        />
      </label>
      <div className="mt-3">
        <Button type="submit" disabled={busy}>
          {words.signIn.submit}
        </Button>
      </div>
      {problem === undefined ? null : (
        <p id="password-wrong" role="alert" className="mt-2 text-xs text-error">
          {problem}
        </p>
      )}
    </form>
  );
}
