/** `[monitor]` of a project as drift is asked about, so that commands and the page judge by the same rule. */
import type { Project } from '../../projects/project.ts';

const HOUR_MS = 3_600_000;
const MONTH_HOURS = 720;

/** Windows of 1 to 720 whole hours; the chance of a false alarm in a month, at most a half. */
export function toMonitorRule({
  windowMs,
  alert,
}: Pick<Project['monitor'], 'windowMs' | 'alert'>): {
  readonly windowHours: number;
  readonly alert?: number;
} {
  return {
    windowHours: Math.max(1, Math.min(MONTH_HOURS, Math.round(windowMs / HOUR_MS))),
    ...(alert > 0 ? { alert: Math.min(0.5, alert) } : {}),
  };
}
