/** What `coaia up` says when the server answers. */
import type { Credentials } from '#access';
import type { Output } from '#surface';

export interface UpReport {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Address with the one-time token. */
  readonly signInUrl: string;
  readonly store: string;
  readonly isNew: boolean;
  readonly durability: 'full' | 'relaxed';
  readonly credentialsPath: string;
  /** Milliseconds from the command to the first answer. */
  readonly readyMs: number;
  /** The default port that was taken; undefined when it was free. */
  readonly takenPort: number | undefined;
  readonly isDetached: boolean;
  readonly offersSample: boolean;
}

/** Prints the report; keys only on a terminal, where no log keeps them. */
export function printUpReport(
  out: Output,
  report: UpReport,
  credentials: Credentials | undefined,
): void {
  if (report.takenPort !== undefined)
    out.line(
      `Port       ${report.takenPort} is taken by another program, so this is ${report.port}`,
    );
  out.line(`Store      ${report.store}${report.isNew ? ' (new)' : ''}`);
  if (report.durability === 'relaxed')
    out.line(
      'Durability relaxed: a power cut may lose the last moments; a crash of Coaia does not',
    );
  out.line(`Server     ${report.url} ready in ${(report.readyMs / 1000).toFixed(1)} s`);
  out.line(
    `Sign in    ${report.signInUrl}   (works once, for 10 minutes; coaia open makes another)`,
  );
  for (const line of toKeyLines(report, credentials, out.isTerminal)) out.line(line);
  out.line(`OTLP       ${report.url}/api/public/otel`);
  if (report.isNew && report.offersSample)
    out.line('Sample     coaia sample loads example traces, marked as such');
  const stop = report.isDetached ? 'coaia down' : 'Ctrl-C';
  out.line(`Nothing leaves this machine. Stop with ${stop}.`);
}

function toKeyLines(
  report: UpReport,
  credentials: Credentials | undefined,
  isTerminal: boolean,
): readonly string[] {
  const { url, credentialsPath } = report;
  if (credentials === undefined)
    return [`Langfuse   LANGFUSE_BASE_URL=${url}   keys: made earlier, not kept in this home`];
  if (!isTerminal) return [`Langfuse   LANGFUSE_BASE_URL=${url}   keys: ${credentialsPath}`];
  return [
    `Langfuse   export LANGFUSE_BASE_URL=${url} LANGFUSE_HOST=${url}`,
    `           export LANGFUSE_PUBLIC_KEY=${credentials.publicKey}`,
    `           export LANGFUSE_SECRET_KEY=${credentials.secretKey}`,
  ];
}

/** `Already running: URL (pid N, up Ns)`. */
export function toRunningLine(
  record: { readonly url: string; readonly pid: number; readonly startedAt: number },
  now: number,
): string {
  const seconds = Math.max(0, Math.round((now - record.startedAt) / 1000));
  return `Already running: ${record.url} (pid ${record.pid}, up ${seconds}s)`;
}
