/** What steps with texts and audio take, over one open store. */
import { audioPorts } from '#audio';
import type { AudioApi, AudioPorts, AudioSettings } from '#audio';
import type { ModelPorts } from '#models';
import type { StashPorts } from '#stash';
import { textPorts } from '#text';
import type { TextPorts } from '#text';
import type { TextSettings } from './open-text.ts';

/** What the settings of this machine say about services; a part that is absent says nothing. */
export interface ServiceProvisions {
  /** Where steps keep values when it is not the store. */
  readonly stash?: Pick<StashPorts, 'open'>;
  /** Hosts of gateways that are asked wherever their announcement came from. */
  readonly gatewayHosts?: readonly string[];
  /** Services and programs for steps with audio; none when absent. */
  readonly audio?: { readonly settings: AudioSettings; readonly env: AudioApi['env'] };
  /** Model server and tags for steps with texts; projects' connections and the usual tags when absent. */
  readonly text?: TextSettings;
}

/** Ports by their names. */
export function listServicePorts(
  models: ModelPorts,
  {
    audio = { settings: {}, env: {} },
    text = { values: {}, records: [] },
  }: Pick<ServiceProvisions, 'audio' | 'text'>,
): readonly (readonly [name: string, ports: unknown])[] {
  const { egress } = models;
  const fetch: AudioApi['fetch'] = (url, init) => egress.fetch('audio', url, init);
  const listening: AudioPorts = {
    open: async () =>
      (await import('./open-audio.ts')).openStepAudio(fetch, audio.settings, audio.env),
  };
  const writing: TextPorts = {
    open: async (scope) =>
      (await import('./open-text.ts')).openProjectText(models, scope, text, egress),
  };
  return [
    [audioPorts.name, listening],
    [textPorts.name, writing],
  ];
}
