/** The door of the audio room: recordings to text, text to speech, tags of files. */
export { audioApi, audioPorts } from './api.ts';
export type { AudioApi, AudioPorts, AudioRecord, AudioSettings, RecordedAudio } from './api.ts';
export { checkAudio, type AudioCheck } from './check.ts';
