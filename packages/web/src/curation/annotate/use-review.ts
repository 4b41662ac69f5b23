import type { AnnotationQueueItem, ScoreConfig } from '@coaia/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { findFault, findNextField, listChoices, toScoreValue, type Answers } from './answers.ts';
import { words } from './messages.ts';
import { queueCalls, refreshQueues, type QueueLine, type Subject } from './queries.ts';

/** What one review needs to know. */
export interface ReviewInput {
  readonly project: string;
  readonly queue: QueueLine;
  readonly item: AnnotationQueueItem;
  readonly subject: Subject | null | undefined;
  /** The wanted configs, in the order of the queue. */
  readonly configs: readonly ScoreConfig[];
  /** Goes to the item after this one. */
  readonly onNext: () => void;
}

/** The answers to one item while they are given, and what can be done with them. */
export function useReview({ project, queue, item, subject, configs, onNext }: ReviewInput) {
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Answers>({});
  const [comment, setComment] = useState('');
  const [active, setActive] = useState(0);
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  // Ids of the scores of this review, so that saving again after a failure gives no score twice.
  const [review] = useState(createReviewId);
  const given = configs.filter(({ id }) => (answers[id] ?? '') !== '');
  const isFaulty = given.some(
    (config) => findFault(config, answers[config.id] ?? '') !== undefined,
  );
  const setAnswer = (config: ScoreConfig, value: string) => {
    // The same choice again takes it back.
    const isSame = config.dataType !== 'NUMERIC' && answers[config.id] === value;
    const next = { ...answers, [config.id]: isSame ? '' : value };
    setAnswers(next);
    const at = configs.indexOf(config);
    const moves = config.dataType !== 'NUMERIC' && !isSame;
    setActive(moves ? findNextField(configs, next, at) : at);
  };
  const save = async () => {
    if (busy || isFaulty || given.length === 0 || subject === null || subject === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      for (const config of given) {
        const answer = answers[config.id] ?? '';
        const id = `${review}-${config.id}`;
        const body = toScoreBody({ id, queue, subject, config, answer });
        await queueCalls.addScore(comment.trim() === '' ? body : { ...body, comment });
      }
      await queueCalls.setStatus(item, 'COMPLETED');
      addToast({ text: words.saved });
      onNext();
      await refreshQueues(client, project);
    } catch (error_) {
      setError(error_);
      setBusy(false);
    }
  };
  return {
    answers,
    comment,
    setComment,
    active,
    setActive,
    answer: setAnswer,
    save,
    error,
    isReady: given.length > 0 && !isFaulty && !busy,
    chooseByKey(key: string) {
      const config = configs[active];
      const choice = config && listChoices(config).find((one) => one.key === key);
      if (config !== undefined && choice !== undefined) setAnswer(config, choice.label);
    },
    move: (by: number) => setActive(Math.min(Math.max(0, active + by), configs.length - 1)),
  };
}

// 128 random bits; randomUUID is missing on pages that are served without TLS.
function createReviewId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What `useReview` gives. */
export type Review = ReturnType<typeof useReview>;

function toScoreBody({
  id,
  queue,
  subject,
  config,
  answer,
}: {
  readonly id: string;
  readonly queue: QueueLine;
  readonly subject: Subject;
  readonly config: ScoreConfig;
  readonly answer: string;
}): Readonly<Record<string, unknown>> {
  return {
    id,
    name: config.name,
    configId: config.id,
    dataType: config.dataType,
    value: toScoreValue(config, answer),
    source: 'ANNOTATION',
    queueId: queue.id,
    ...(subject.type === 'SESSION'
      ? { sessionId: subject.id }
      : { traceId: subject.traceId ?? subject.id }),
    ...(subject.type === 'OBSERVATION' ? { observationId: subject.id } : {}),
  };
}
