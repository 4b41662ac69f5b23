import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Snippet } from '../ui/panels.tsx';
import { Mark } from './mark.tsx';
import { words } from './messages.ts';
import { PasswordForm } from './password-form.tsx';

/** The one-time key in a pasted link or a bare key; undefined when there is none. */
export function parseSignInLink(text: string): string | undefined {
  const key = /[?&]k=([^&\s#]+)/.exec(text)?.[1] ?? /^[\w-]{16,}$/.exec(text.trim())?.[0];
  return key === undefined ? undefined : decodeURIComponent(key);
}

/** How to get in: make a one-time link, or paste one. */
export function SignInPage() {
  const expired = new URLSearchParams(location.search).has('expired');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    document.title = `${words.signIn.title} · ${words.product}`;
  }, []);
  const submit = (event: { readonly preventDefault: () => void }) => {
    event.preventDefault();
    const key = parseSignInLink(text);
    setWrong(key === undefined);
    if (key !== undefined) location.assign(`/?k=${encodeURIComponent(key)}`);
  };
  return (
    <main
      className="flex h-full items-start justify-center overflow-y-auto p-4 pt-[14vh]"
      data-page="sign-in"
    >
      <div className="w-full max-w-100">
        <Mark size={32} />
        <h1 className="mt-5 text-lg font-semibold">{words.signIn.title}</h1>
        <p className="mt-1 text-muted" role={expired ? 'alert' : undefined}>
          {expired ? words.signIn.expired : words.signIn.lead}
        </p>
        <Snippet className="mt-4" text={words.signIn.command} label={words.signIn.command} />
        <form className="mt-6" onSubmit={submit} noValidate>
          <label htmlFor="link" className="text-xs text-muted">
            {words.signIn.paste}
          </label>
          <div className="mt-1 flex gap-2">
            <input
              id="link"
              value={text}
              autoComplete="off"
              spellCheck={false}
              placeholder={words.signIn.placeholder}
              aria-invalid={wrong}
              aria-describedby={wrong ? 'link-wrong' : undefined}
              className="h-7 min-w-0 flex-1 rounded-md border border-field bg-bg px-2 font-mono text-xs aria-invalid:border-error"
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" tone="primary">
              {words.signIn.submit}
            </Button>
          </div>
          {wrong ? (
            <p id="link-wrong" role="alert" className="mt-2 text-xs text-error">
              {words.signIn.invalid}
            </p>
          ) : null}
        </form>
        <PasswordForm />
      </div>
    </main>
  );
}
