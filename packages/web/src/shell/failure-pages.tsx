import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { toButtonClass } from '../ui/button.tsx';
import { Failure } from '../ui/panels.tsx';
import { words } from './messages.ts';
import { PageBar } from './page-bar.tsx';

/** There is no such page. */
export function NotFoundPage() {
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-page="not-found">
      <PageBar title={words.notFound} />
      <div className="max-w-160 p-4">
        <p className="text-muted">{words.notFoundLead}</p>
        <Link to="/" className={`${toButtonClass()} mt-4`}>
          {words.goHome}
        </Link>
      </div>
    </div>
  );
}

/** A page that failed while it was drawn or loaded. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-page="error">
      <PageBar title={words.crashed} />
      <Failure title={words.loadFailed} error={error} onRetry={reset} />
    </div>
  );
}
