/** What audio commands and steps need. */
import type { Scope } from '#base';
import type { SettingValues } from '#config';
import { needs } from '#surface';

export type AudioSettings = Partial<
  Pick<
    SettingValues,
    | 'openai_api_url'
    | 'openai_transcription_api_url'
    | 'openai_speech_api_url'
    | 'openai_api_key'
    | 'transcription_provider'
    | 'transcription_model'
    | 'transcription_command'
    | 'speech_provider'
    | 'speech_model'
    | 'speech_voice'
    | 'speech_command'
    | 'aws_access_key_id'
    | 'aws_secret_access_key'
    | 'aws_session_token'
    | 'aws_region'
    | 'aws_endpoint_url'
  >
>;

/** One call of a service or program, as the trace has it. */
export interface AudioRecord {
  readonly name: string;
  readonly model: string;
  readonly modelParameters: Readonly<Record<string, string | number | boolean>>;
  /** What was sent beside the audio, or was to be spoken. */
  readonly input: unknown;
  readonly output?: unknown;
  /** Tokens as the service counted them; absent: it counted none. */
  readonly usageDetails?: Readonly<Record<string, number>> | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failure?: unknown;
  /** The audio, and the field that refers to it. */
  readonly audio?: { readonly path: string; readonly field: 'input' | 'output' };
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
}

export interface RecordedAudio {
  readonly traceId: string;
  readonly observationId: string;
  /** Null when the audio could not be stored; the trace then says why. */
  readonly mediaId: string | null;
}

export interface AudioApi {
  readonly fetch: (url: string, init: AudioInit) => Promise<Response>;
  readonly settings: AudioSettings;
  /** For programs: PATH and HOME. */
  readonly env: Readonly<Record<string, string | undefined>>;
  record(call: AudioRecord): Promise<RecordedAudio>;
}

export type AudioInit = RequestInit & { readonly readTimeoutMs?: number };

export const audioApi = needs<AudioApi>('audio');

/** The same for steps of pipelines. */
export interface AudioPorts {
  open(scope: Scope): Promise<AudioApi>;
}

export const audioPorts = needs<AudioPorts>('audio-ports');
