/** What crosses the wire of the page's own API. Answers are described by the types beside each use case. */
import { z } from 'zod';
import { limitParameter, textParameter, timeParameter } from '../list-query.ts';

const scope = { q: textParameter, from: timeParameter, to: timeParameter };

export const scopeQuery = z.object(scope);

export const histogramQuery = z.object({ ...scope, buckets: limitParameter(500, 60) });

const list = { ...scope, orderBy: textParameter, cursor: textParameter };

export const traceLinesQuery = z.object({ ...list, limit: limitParameter(500, 100) });

export const sessionLinesQuery = z.object({ ...list, limit: limitParameter(200, 50) });

export const turnsQuery = z.object({ cursor: textParameter, limit: limitParameter(200, 100) });
