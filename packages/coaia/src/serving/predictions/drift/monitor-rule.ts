/** `[monitor]` of a project as drift is asked about, so that commands and the page judge by the same rule. */
import type { Project } from '../../projects/project.ts';
import { METRICS, type Metric } from './field-tests.ts';

const HOUR_MS = 3_600_000;
const MONTH_HOURS = 720;

/** Windows of 1 to 720 whole hours; the chance of a false alarm in a month, at most a half. */
export function toMonitorRule({
  windowMs,
  alert,
  metrics,
}: Pick<Project['monitor'], 'windowMs' | 'alert' | 'metrics'>): {
  readonly windowHours: number;
  readonly alert?: number;
  readonly metrics?: string;
} {
  return {
    windowHours: Math.max(1, Math.min(MONTH_HOURS, Math.round(windowMs / HOUR_MS))),
    ...(alert > 0 ? { alert: Math.min(0.5, alert) } : {}),
    ...(METRICS.every((metric) => metrics.includes(metric)) ? {} : { metrics: metrics.join(',') }),
  };
}

/** The metrics of a comma-separated text. */
export function toMetrics(text: string): readonly Metric[] {
  const named = new Set(text.split(','));
  return METRICS.filter((metric) => named.has(metric));
}
