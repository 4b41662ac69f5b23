import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { toMinute, toRangeMs } from '../traces/traces-search.ts';
import type { DashboardSearch } from './dashboard-search.ts';
import type { TimeSpan } from './widget-query.ts';

const route = getRouteApi('/p/$project/dashboards/$dashboardId');

/** Range when the address names none. */
const firstRange = '7d';

type Change = { readonly [K in keyof DashboardSearch]?: DashboardSearch[K] | undefined };

/** The address of a dashboard and what follows from it. */
export function useDashboardView() {
  const { project, dashboardId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { range, from, to } = search;
  const [moment, setMoment] = useState(() => toMinute(Date.now()));
  const span = useMemo(() => toSpan({ range, from, to }, moment), [range, from, to, moment]);
  const update = (change: Change) =>
    void navigate({
      search: (before: DashboardSearch) => ({ ...before, ...change }) as DashboardSearch,
      replace: true,
    });
  const isDefault = range === undefined && from === undefined && to === undefined;
  return {
    project,
    dashboardId,
    search,
    span,
    time: isDefault ? { range: firstRange } : { range, from, to },
    isEditing: search.edit === 'on',
    setEditing: (on: boolean) => update({ edit: on ? 'on' : undefined }),
    openWidget: (id: string | undefined) => update({ widget: id }),
    setTime: (time: Pick<Change, 'range' | 'from' | 'to'>) => {
      setMoment(toMinute(Date.now()) + 60_000);
      update({ range: time.range, from: time.from, to: time.to });
    },
  };
}

/** What `useDashboardView` gives. */
export type DashboardView = ReturnType<typeof useDashboardView>;

function toSpan(time: Pick<Change, 'range' | 'from' | 'to'>, moment: number): TimeSpan {
  const end = moment + 60_000;
  const isRange = time.range !== undefined || (time.from === undefined && time.to === undefined);
  if (isRange) {
    const length = toRangeMs(time.range ?? firstRange) ?? 0;
    return { from: new Date(end - length).toISOString(), to: new Date(end).toISOString() };
  }
  const to = time.to ?? new Date(end).toISOString();
  return { from: time.from ?? new Date(Date.parse(to) - 86_400_000).toISOString(), to };
}
