import { createCatalogue } from '../lib/i18n.ts';

const en = {
  close: 'Close',
  copied: 'Copied',
  copy: 'Copy',
  copyId: (id: string) => `Copy ${id}`,
  undo: 'Undo',
  dismiss: 'Dismiss',
  retry: 'Try again',
  resize: (what: string) => `Resize ${what}`,
  loading: 'Loading',
  asTable: 'View as table',
  asChart: 'View as chart',
  code: 'Code',
  sample: 'sample',
  ok: 'ok',
  warning: 'warning',
  error: 'error',
  running: 'running',
};

/** Words of the primitives. */
export const words = createCatalogue({ en });
