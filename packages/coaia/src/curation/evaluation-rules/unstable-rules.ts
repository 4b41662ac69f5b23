/** Changes of evaluation rules in the spelling before 4.35: evaluators by name, targets, unique names. */
import type { Scope } from '#base';
import type { EvaluationTarget, RuleFilter } from '@coaia/client';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { readAllRules, readEvaluator } from '../evaluators/storage.ts';
import type { CurationPorts } from '../ports.ts';
import type { Transaction } from '#store';
import { toAssignments, toNamedAssignments } from './assignments.ts';
import type { NamedAssignment } from './assignments.ts';
import { requireFilter } from './filter.ts';
import { changeRule, getUnstableRule, writeRule } from './rules.ts';
import type { RuleParts } from './rules.ts';
import type { UnstableRuleBody, UnstableRulePatch } from './schema.ts';

/** Makes a rule. Fails with COAIA-0003 and COAIA-2250 to 2258. */
export async function createUnstableRule(
  ports: CurationPorts,
  scope: Scope,
  body: UnstableRuleBody,
) {
  const { db, clock } = ports;
  const { projectId } = scope;
  const { target, enabled: isEnabled, name } = body;
  const filter: readonly RuleFilter[] = body.filter ?? [];
  requireFilter(filter, target);
  await toNamedAssignments(db, projectId, listNamed(body), { target, isEnabled });
  const { id } = await db.write(async (tx) => {
    await tx.lock([`evaluation-rules:${projectId}`]);
    await requireFreeName(tx, projectId, name);
    const options = { target, isEnabled: false };
    const assignments = await toNamedAssignments(tx, projectId, listNamed(body), options);
    const parts: RuleParts = {
      name,
      target,
      isEnabled,
      filter,
      assignments,
      sampling: body.sampling ?? 1,
    };
    return writeRule(tx, projectId, { parts, now: clock() });
  });
  return getUnstableRule(ports, scope, id);
}

/** Changes what is given. Fails like the above. */
export async function updateUnstableRule(
  ports: CurationPorts,
  scope: Scope,
  id: string,
  patch: UnstableRulePatch,
) {
  const { projectId } = scope;
  await changeRule(ports, projectId, id, async (tx, known, isPreflight) => {
    if (patch.name && patch.name !== known.name) await requireFreeName(tx, projectId, patch.name);
    const target = patch.target ?? known.target;
    const filter = patch.filter ?? known.filter;
    requireFilter(filter, target);
    const isEnabled = patch.enabled ?? known.isEnabled;
    const assignments = await toChangedAssignments(tx, projectId, {
      known,
      patch,
      target,
      isEnabled: isEnabled && isPreflight,
    });
    return {
      name: patch.name ?? known.name,
      target,
      filter,
      isEnabled: isEnabled && (patch.enabled === true || assignments.length > 0),
      assignments,
      sampling: patch.sampling ?? known.sampling,
    };
  });
  return getUnstableRule(ports, scope, id);
}

function listNamed(body: UnstableRuleBody): readonly NamedAssignment[] {
  if (body.evaluators) return body.evaluators;
  return body.evaluator ? [{ evaluator: body.evaluator, mapping: body.mapping }] : [];
}

type Reader = Pick<Transaction, 'read'>;

interface Change {
  readonly known: RuleParts;
  readonly patch: UnstableRulePatch;
  readonly target: EvaluationTarget;
  readonly isEnabled: boolean;
}

/** The whole list, or the older fields that only ever meant the first one. */
async function toChangedAssignments(
  tx: Reader,
  projectId: string,
  { known, patch, target, isEnabled }: Change,
) {
  const options = { target, isEnabled };
  if (patch.evaluators) return toNamedAssignments(tx, projectId, patch.evaluators, options);
  const [first, ...others] = known.assignments;
  if (patch.evaluator) {
    const old = first && (await readEvaluator(tx, projectId, first.evaluatorId));
    const evaluator = { name: patch.evaluator.name, type: old?.type };
    const [changed] = await toNamedAssignments(
      tx,
      projectId,
      [{ evaluator, mapping: patch.mapping }],
      options,
    );
    return changed === undefined ? others : [changed, ...others];
  }
  const changed = known.assignments.map((assignment, index) =>
    index === 0 && patch.mapping ? { ...assignment, variableMapping: patch.mapping } : assignment,
  );
  return toAssignments(tx, projectId, changed, options);
}

async function requireFreeName(tx: Reader, projectId: string, name: string): Promise<void> {
  const rules = await readAllRules(tx, projectId);
  if (rules.some((rule) => rule.name === name))
    throw evaluatorFailures.create(
      'COAIA-2256',
      `An evaluation rule named "${name}" exists already.`,
    );
}
