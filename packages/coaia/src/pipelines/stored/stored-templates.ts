/** What can be done with the templates of a project. */
import type { Scope } from '#base';
import type { Database } from '#store';
import type { PipelineDetail, PipelineList, PipelinePreview, PipelineProblem } from '@coaia/client';
import { checkTemplate } from '../templates/check-template.ts';
import { templateFailures } from '../templates/errors.ts';
import { findAnyText, findTemplate, resolveTemplate } from '../templates/find-template.ts';
import { listTemplates, readListed } from '../templates/list-templates.ts';
import { toDigest } from '../templates/places.ts';
import type { StoredTemplates, TemplatePlaces, TemplateText } from '../templates/places.ts';
import { brokenTemplate } from '../templates/read-template.ts';
import { isInRange, isTemplateName, sortByVersion } from '../templates/reference.ts';
import { renderPipeline } from '../templates/render-pipeline.ts';
import type { TemplatePorts } from './ports.ts';
import type { PreviewBody, PutBody } from './schema.ts';
import { deleteRevisions, readNewest, readRevisions } from './storage.ts';
import { toPreview, toRevision, toSummary } from './summary.ts';

/** The templates of a project as a place to look in. */
export function openStored(db: Database, projectId: string): StoredTemplates {
  return {
    async read(name, range) {
      const rows = await readRevisions(db, projectId, name);
      if (range === undefined) return rows[0];
      // Revisions come newest first, and sorting keeps that order within a version.
      for (const row of await sortByVersion(rows))
        if (await isInRange(row.version, range)) return row;
      return undefined;
    },
    list: () => readNewest(db, projectId),
  };
}

/** Where the server, and whoever works on its store, looks for templates. */
export function toStoredPlaces(db: Database, { projectId }: Scope): TemplatePlaces {
  return { stored: openStored(db, projectId) };
}

/** All templates of the project, then those of the program. */
export async function listPipelines({ db }: TemplatePorts, scope: Scope): Promise<PipelineList> {
  const saved = new Map(
    (await readNewest(db, scope.projectId)).map((row) => [row.name, row.created_at]),
  );
  const listed = await listTemplates(toStoredPlaces(db, scope));
  return {
    data: listed.map((item) => toSummary(item, saved.get(item.name) ?? null)),
    meta: { cursor: null },
  };
}

/** One template with its text. Fails with COAIA-5000 and 5002; a broken one is answered with its problem. */
export async function getPipeline(
  { db }: TemplatePorts,
  scope: Scope,
  name: string,
  range?: string,
): Promise<PipelineDetail> {
  requireName(name);
  const places = toStoredPlaces(db, scope);
  const reference = range === undefined ? name : `${name}@${range}`;
  const text = await findAnyText(places, reference);
  // Nothing found: this says so, with what comes near.
  if (text === undefined) await findTemplate(places, reference);
  const item = text === undefined ? undefined : await readListed(places, name, text);
  if (item === undefined) throw new TypeError('a template that is there and is not');
  const rows = await readRevisions(db, scope.projectId, name);
  const row = rows.find(({ digest }) => digest === toDigest(item.text.text));
  return {
    ...toSummary(item, row === undefined ? null : row.created_at),
    text: item.text.text,
    format: item.text.format,
    template: item.found === undefined ? null : { ...item.found.template },
    versions: rows.map((one) => toRevision(one)),
  };
}

/**
 * Saves a text as a new revision; saving what is there already changes nothing. Fails with COAIA-5001 (broken),
 * 5002 (name), 5004 (base) and 5008 (somebody saved in between).
 */
export async function putPipeline(
  ports: TemplatePorts,
  scope: Scope,
  name: string,
  { text, format, baseDigest }: PutBody,
): Promise<PipelineDetail> {
  requireName(name);
  const { db, clock } = ports;
  const { projectId } = scope;
  const source: TemplateText = { name, source: 'server', path: null, text, format };
  const { template } = await resolveTemplate(toStoredPlaces(db, scope), source);
  if (template.name !== name)
    throw brokenTemplate(`The template ${name}`, [
      {
        severity: 'error',
        code: 'name',
        message: `it calls itself ${template.name}`,
        path: 'name',
        line: null,
      },
    ]);
  const digest = toDigest(text);
  await db.write(async (tx) => {
    await tx.lock([`pipeline-templates:${projectId}:${name}`]);
    const [newest] = await readRevisions(tx, projectId, name);
    if (baseDigest !== undefined && newest !== undefined && newest.digest !== baseDigest)
      throw templateFailures.create(
        'COAIA-5008',
        `The template ${name} was saved by somebody else in between.`,
        { hint: `coaia pipeline history ${name}` },
      );
    if (newest?.digest === digest && newest.format === format) return;
    await tx.upsert('pipeline_templates', [
      {
        project_id: projectId,
        name,
        revision: (newest?.revision ?? 0) + 1,
        version: template.version,
        format,
        text,
        digest,
        created_at: clock(),
      },
    ]);
  });
  return getPipeline(ports, scope, name);
}

/** Removes a template with all its revisions. Fails with COAIA-5000 and with 5013 for one of the program. */
export async function deletePipeline(
  { db }: TemplatePorts,
  scope: Scope,
  name: string,
): Promise<{ readonly deleted: number }> {
  requireName(name);
  const deleted = await db.write((tx) => deleteRevisions(tx, scope.projectId, name));
  if (deleted > 0) return { deleted };
  await findTemplate(toStoredPlaces(db, scope), name);
  throw templateFailures.create(
    'COAIA-5013',
    `The template ${name} comes with the program and cannot be deleted.`,
  );
}

/** Everything that is wrong with a text. */
export async function validatePipeline(
  { db, actions }: TemplatePorts,
  scope: Scope,
  { text, format }: Pick<TemplateText, 'text' | 'format'>,
): Promise<{ readonly problems: readonly PipelineProblem[] }> {
  const source: TemplateText = { name: 'draft', source: 'server', path: null, text, format };
  const options = actions === undefined ? {} : { actions };
  return { problems: await checkTemplate(toStoredPlaces(db, scope), source, options) };
}

/** What a template would record with these values. Fails with COAIA-5000 to 5005; stores nothing. */
export async function previewPipeline(
  { db }: TemplatePorts,
  scope: Scope,
  { name, text, format, variables }: PreviewBody,
): Promise<PipelinePreview> {
  const places = toStoredPlaces(db, scope);
  if (name !== undefined) requireName(name.split('@')[0] ?? '');
  const found =
    text === undefined
      ? await findTemplate(places, name ?? '')
      : await resolveTemplate(places, {
          name: 'draft',
          source: 'server',
          path: null,
          text,
          format: format ?? 'json',
        });
  return toPreview(renderPipeline(found, variables));
}

/** The server reads no files of its own: only names are looked up. */
function requireName(name: string): void {
  if (isTemplateName(name)) return;
  throw templateFailures.create('COAIA-5002', `${JSON.stringify(name)} is no template name.`, {
    hint: 'coaia pipeline list',
  });
}
