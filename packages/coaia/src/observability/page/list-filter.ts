/** The query bar's text and time range of a page list, compiled. */
import { compileFilter, type CompiledFilter } from '../filter/compile-filter.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { toBound } from '../filter/terms.ts';
import { TRACE_FIELDS } from '../filter/trace-fields.ts';
import { joinFragments, type Fragment } from '../filter/fragment.ts';
import type { ObservabilityPorts } from '../ports.ts';

/** What every list of the page is narrowed by; times in epoch milliseconds, the upper one not included. */
export interface ListScope {
  readonly q?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Compiles the scope for traces. Fails with COAIA-1020 to 1022. */
export function toListFilter(ports: ObservabilityPorts, scope: ListScope): CompiledFilter {
  const terms = [
    ...(scope.q === undefined ? [] : parseFilter(scope.q, TRACE_FIELDS)),
    ...toBound('timestamp', '>=', scope.from),
    ...toBound('timestamp', '<', scope.to),
  ];
  return compileFilter(terms, {
    set: TRACE_FIELDS,
    dialect: ports.db.dialect,
    now: ports.clock(),
  });
}

/** The filter and one more condition that an index serves. */
export function addCondition(filter: CompiledFilter, extra: Fragment | undefined): CompiledFilter {
  if (extra === undefined) return filter;
  const conditions = filter.condition === undefined ? [extra] : [filter.condition, extra];
  return { ...filter, condition: joinFragments(conditions, 'AND') };
}

/** `WHERE` of a statement over traces `t`, with its values. */
export function toTraceWhere(projectId: string, filter: CompiledFilter): Fragment {
  const { condition } = filter;
  if (condition === undefined) return { sql: 't.project_id = ?', parameters: [projectId] };
  return {
    sql: `t.project_id = ? AND (${condition.sql})`,
    parameters: [projectId, ...condition.parameters],
  };
}
