import type { RegisteredRouter } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import {
  IconAnnotate,
  IconApi,
  IconScores,
  IconDashboards,
  IconDeployments,
  IconHome,
  IconPipelines,
  IconPlayground,
  IconPrompts,
  IconSessions,
  IconTraces,
  IconDatasets,
  IconExperiments,
  IconTasks,
  IconUsers,
  IconSettings,
} from '../ui/icons.ts';
import { words } from './messages.ts';

/** Addresses of pages that need nothing but the project. */
export type PagePath = Exclude<
  Extract<keyof RegisteredRouter['routesByPath'], `/p/$project${string}`>,
  `${string}/`
>;

/** A page of the menu; the same line makes its `g` key and its entry in the palette. */
export interface NavPage {
  readonly to: PagePath;
  readonly label: string;
  /** Second key after `g`. */
  readonly key: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
}

/** The menu, in the order of the story: observe, curate, tune, serve. One line per page, once its route exists. */
export const pages: readonly NavPage[] = [
  { to: '/p/$project', label: words.home, key: 'h', icon: IconHome },
  { to: '/p/$project/traces', label: words.traces, key: 't', icon: IconTraces },
  { to: '/p/$project/sessions', label: words.sessions, key: 's', icon: IconSessions },
  { to: '/p/$project/users', label: words.users, key: 'u', icon: IconUsers },
  { to: '/p/$project/prompts', label: words.prompts, key: 'p', icon: IconPrompts },
  { to: '/p/$project/playground', label: words.playground, key: 'l', icon: IconPlayground },
  { to: '/p/$project/datasets', label: words.datasets, key: 'd', icon: IconDatasets },
  { to: '/p/$project/experiments', label: words.experiments, key: 'e', icon: IconExperiments },
  { to: '/p/$project/scores', label: words.scores, key: 'r', icon: IconScores },
  { to: '/p/$project/annotate', label: words.annotate, key: 'n', icon: IconAnnotate },
  { to: '/p/$project/pipelines', label: words.pipelines, key: 'o', icon: IconPipelines },
  { to: '/p/$project/tasks', label: words.tasks, key: 'k', icon: IconTasks },
  { to: '/p/$project/deployments', label: words.deployments, key: 'v', icon: IconDeployments },
  { to: '/p/$project/dashboards', label: words.dashboards, key: 'b', icon: IconDashboards },
  { to: '/p/$project/api', label: words.api, key: 'i', icon: IconApi },
  { to: '/p/$project/settings', label: words.settings, key: ',', icon: IconSettings },
];
