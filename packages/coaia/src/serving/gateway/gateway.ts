/** What every address of the gateway works with. */
import type { OutcomeInput } from '@coaia/client';
import type { ModelLink } from '../hosts/link.ts';
import type { PredictionObserver } from '../predictions/observer.ts';
import type { Project } from '../projects/project.ts';
import type { RowReader } from '../signatures/reader.ts';
import type { ModelCatalog } from '../versions/catalog.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { InFlight } from './in-flight.ts';
import type { RequestMetrics } from './metrics.ts';
import type { OwnNames } from './own-names.ts';
import type { ServiceLog } from './service-log.ts';
import type { Telemetry } from './telemetry.ts';

/** Keeps what became of predictions; resolves with what the caller should know. */
export type AddOutcomes = (model: string, outcomes: readonly OutcomeInput[]) => Promise<unknown>;

export type ProjectFacts = Pick<Project, 'name' | 'description' | 'api' | 'log'>;

/** The ports of a running gateway and what it remembers between requests. */
export interface Gateway {
  readonly project: ProjectFacts;
  readonly catalog: ModelCatalog;
  readonly link: ModelLink;
  readonly observer: PredictionObserver;
  readonly outcomes: AddOutcomes | undefined;
  /** Where no keys are asked for: other names are refused. */
  readonly isOwnName: OwnNames | undefined;
  /** True when requests need a key. */
  readonly isLocked: boolean;
  readonly bodyBytes: number;
  /** Of the program. */
  readonly programVersion: string;
  readonly metrics: RequestMetrics;
  readonly log: ServiceLog;
  readonly telemetry: Telemetry | undefined;
  /** Compiled once for each version. */
  readonly readers: WeakMap<VersionManifest, RowReader>;
  /** By request id, for lines that the model's code prints meanwhile. */
  readonly inFlight: InFlight;
  /** Shadows that have not answered yet. */
  readonly shadows: { count: number };
  /** Addresses of this gateway begin with it, `http://127.0.0.1:8000`. */
  readonly url: () => string;
}
