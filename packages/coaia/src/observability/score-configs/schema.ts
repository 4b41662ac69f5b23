/** What crosses the wire for score configs. */
import { z } from 'zod';
import { limitParameter, pageParameter } from '../list-query.ts';
import { SCORE_CONFIG_TYPES } from './score-config.ts';

const category = z.object({ label: z.string(), value: z.number() });

const changeable = {
  minValue: z.number().nullish(),
  maxValue: z.number().nullish(),
  categories: z.array(category).max(1000).nullish(),
  description: z.string().nullish(),
};

export const scoreConfigBody = z.object({
  name: z.string(),
  dataType: z.enum(SCORE_CONFIG_TYPES),
  ...changeable,
});

/** A parsed body of `POST /score-configs`. */
export type ScoreConfigBody = z.infer<typeof scoreConfigBody>;

export const scoreConfigPatchBody = z.object({
  name: z.string().nullish(),
  isArchived: z.boolean().nullish(),
  ...changeable,
});

/** A parsed body of `PATCH /score-configs/{id}`; absent members stay as they are. */
export type ScoreConfigPatchBody = z.infer<typeof scoreConfigPatchBody>;

export const scoreConfigListQuery = z.object({
  page: pageParameter,
  limit: limitParameter(100, 50),
});

/** A parsed query of `GET /score-configs`. */
export type ScoreConfigListQuery = z.infer<typeof scoreConfigListQuery>;

export const scoreConfigAnswer = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  projectId: z.string(),
  dataType: z.enum(SCORE_CONFIG_TYPES),
  isArchived: z.boolean(),
  minValue: z.number().nullable(),
  maxValue: z.number().nullable(),
  categories: z.array(category).nullable(),
  description: z.string().nullable(),
});

export const scoreConfigListAnswer = z.object({
  data: z.array(scoreConfigAnswer),
  meta: z.object({ page: z.int(), limit: z.int(), totalItems: z.int(), totalPages: z.int() }),
});
