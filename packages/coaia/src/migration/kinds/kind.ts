/** A kind of records: how it is read, stored and compared. */
import type { Scope } from '#base';
import type { Database, Transaction } from '#store';
import type { Position, SourcePage } from '../sources/pages.ts';
import type { Source } from '../sources/source.ts';
import type { Wire } from '../sources/wire.ts';
import type { KindName } from './kind-names.ts';

/** Something that was read and has no place here. */
export interface Gap {
  readonly id: string;
  readonly reason: string;
}

export interface WriteTarget {
  readonly tx: Transaction;
  readonly db: Database;
  readonly scope: Scope;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Where a file is meant to stand. */
export interface MediaPlace {
  readonly mediaId: string;
  readonly subject: 'trace' | 'observation' | 'dataset_item';
  /** The trace, or the dataset of an item. */
  readonly parentId: string;
  readonly subjectId: string;
  readonly field: string;
}

export interface Kind {
  /** Plural noun, as `--only` takes it. */
  readonly name: KindName;
  /** Why this kind needs another way, or is left out, on such a server; for the report. */
  readonly note?: (source: Source) => string | undefined;
  /** False when such a server has no list of it. */
  readonly isReadable?: (source: Source) => boolean;
  readonly readPage: (source: Source, position: Position | undefined) => Promise<SourcePage>;
  /** Stores a page; runs inside a transaction that may be repeated. Ids and times stay as they are. */
  readonly write: (target: WriteTarget, items: readonly Wire[]) => Promise<readonly Gap[]>;
  readonly toId: (item: Wire) => string;
  /** What must be the same on both sides, member by member. */
  readonly toContent: (item: Wire) => Wire;
  /** Files that the record refers to. */
  readonly findMedia?: (item: Wire) => readonly MediaPlace[];
}
