/** Codes of audio: block COAIA-6050. */
import { defineErrors, EXIT } from '#base';

export const audioErrors = defineErrors({
  'COAIA-6050': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain: 'There is nothing to work on: the audio file or the text is empty.',
  },
  'COAIA-6051': {
    status: 502,
    exit: EXIT.unreachable,
    name: 'BadGatewayError',
    explain:
      'The audio service cannot be reached, did not answer in time, takes no more requests, or failed (5xx), also after repetitions. Nothing was written.',
  },
  'COAIA-6052': {
    status: 502,
    exit: EXIT.config,
    name: 'BadGatewayError',
    explain:
      'The audio service refused the key or the signature (401 or 403). `coaia config explain` of the setting that the hint names says where it comes from.',
  },
  'COAIA-6053': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The audio service refused the request, or answered something that is neither audio nor a transcript. The sentence repeats its reason.',
  },
  'COAIA-6054': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'No service or program is set up for this. Transcription needs openai_transcription_api_url, openai_api_url or openai_api_key, or transcription_command; speech needs AWS keys, one of the OpenAI settings, or espeak-ng or piper on this machine.',
  },
  'COAIA-6055': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'A program that this needs is not installed or could not be started. `ffmpeg` turns one audio format into another, finds silence and cuts files.',
  },
  'COAIA-6056': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'A program on this machine ended with a failure, or without the result it should write. The sentence has the last line that it printed.',
  },
  'COAIA-6057': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Subtitles (srt, vtt) need times, and what transcribed tells none. Models of the whisper kind tell them; for a program of your own let it print SRT, VTT or the JSON of whisper.',
  },
  'COAIA-6058': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file is no audio that can be read, or its tags cannot be written. Nothing was changed.',
  },
});
