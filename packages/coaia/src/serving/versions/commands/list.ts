/** `ao versions`: what was frozen, and what each version does. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { DeploymentModelDetail, DeploymentTraffic, DeploymentVersion } from '@coaia/client';
import { readProject } from '../../projects/read-project.ts';
import { findModel } from '../find-model.ts';
import { deploymentsApi } from '../ports.ts';

export const command = defineCommand({
  words: 'ops versions',
  summary: 'List the versions of a model and what each of them does',
  needs: deploymentsApi,
  positionals: [],
  options: {
    model: { type: 'string', placeholder: 'NAME', summary: 'Which model; the only one otherwise' },
    history: { type: 'boolean', summary: 'Every change of the traffic instead, newest first' },
    ...listOptions,
  },
  examples: ['ao versions', 'ao versions --history', 'ao versions --json'],
  async run({ open, out, env, cwd }, { options }) {
    const project = await readProject(cwd, { env });
    const { name } = findModel(project, options.model);
    const detail = await (await open()).getDeployment(name);
    if (options.history === true) {
      out.list({ things: 'changes', rows: detail.history, columns: HISTORY }, options);
      return;
    }
    const rows = detail.versions.map((version) => toRow(version, detail));
    out.list({ things: 'versions', rows, columns: COLUMNS }, options);
  },
});

interface Row {
  readonly version: number;
  readonly role: string;
  readonly language: string;
  readonly digest: string;
  readonly gitCommit: string | null;
  readonly createdAt: string;
  readonly notes: string | null;
}

function toRow(version: DeploymentVersion, { traffic, latest }: DeploymentModelDetail): Row {
  const { version: number, language, digest, gitCommit, createdAt, notes } = version;
  const role = toRole(number, traffic, latest);
  return { version: number, role, language, digest, gitCommit, createdAt, notes };
}

function toRole(version: number, traffic: DeploymentTraffic | null, latest: number): string {
  const words = [
    traffic?.champion === version ? 'champion' : undefined,
    traffic?.challenger === version ? 'challenger' : undefined,
    traffic?.canary?.version === version ? `canary ${traffic.canary.percent} %` : undefined,
    traffic?.shadow === version ? 'shadow' : undefined,
    latest === version ? 'latest' : undefined,
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

const COLUMNS: readonly Column<Row>[] = [
  { header: 'Version', value: ({ version }) => String(version), align: 'right' },
  { header: 'Does', value: ({ role }) => role },
  { header: 'Language', value: ({ language }) => language, drop: 2 },
  { header: 'Contents', value: ({ digest }) => digest.slice(0, 12) },
  { header: 'Commit', value: ({ gitCommit }) => gitCommit?.slice(0, 8) ?? '', drop: 3 },
  { header: 'Made', value: ({ createdAt }) => createdAt },
  { header: 'Notes', value: ({ notes }) => notes ?? '', drop: 1 },
];

type Change = DeploymentModelDetail['history'][number];

const HISTORY: readonly Column<Change>[] = [
  { header: 'When', value: ({ changedAt }) => changedAt },
  { header: 'What', value: ({ action }) => action },
  { header: 'Champion', value: ({ traffic }) => String(traffic.champion), align: 'right' },
  {
    header: 'Canary',
    value: ({ traffic: { canary } }) =>
      canary === undefined ? '' : `${canary.version} at ${canary.percent} %`,
  },
  { header: 'Shadow', value: ({ traffic }) => String(traffic.shadow ?? '') },
  { header: 'By', value: ({ changedBy }) => changedBy ?? '', drop: 2 },
  { header: 'Reason', value: ({ reason }) => reason ?? '', drop: 1 },
];
