/** mobile-transcription, ios-data-sync, gesture-pipeline, quick-analysis. */
import { define, optional, required, userId, usual } from './parts.ts';

/** A step that is recorded below the first one, after the one before it. */
const event = (
  id: string,
  name: string,
  parent: string,
  input: object,
  after?: string,
): object => ({
  id,
  name,
  observation_type: 'EVENT',
  parent,
  ...(after === undefined ? {} : { needs: [after] }),
  variables: { input },
});

export const mobileTranscription = define({
  name: 'mobile-transcription',
  description: 'A recording becomes text',
  variables: [
    required('audio_source', 'Audio file, below the folder of the run'),
    { name: 'recording_duration', default: 'unknown', description: 'Length, as it was noted' },
    usual(
      'language',
      'en-US',
      ['en-US', 'en-GB', 'fr-FR', 'fr-CA', 'es-ES', 'de-DE'],
      'Language that is spoken',
    ),
    {
      name: 'quality_preference',
      default: 'balanced',
      choices: ['fast', 'balanced', 'accurate'],
      description: 'What matters more',
    },
    userId,
  ],
  steps: [
    {
      id: 'recording',
      name: 'Mobile Recording Processing',
      observation_type: 'SPAN',
      variables: {
        input: {
          audio: '{{audio_source}}',
          duration: '{{recording_duration}}',
          language: '{{language}}',
          quality: '{{quality_preference}}',
        },
      },
    },
    event('preprocessing', 'Audio Preprocessing', 'recording', { audio: '{{audio_source}}' }),
    {
      id: 'transcription',
      name: 'Cloud Transcription',
      observation_type: 'EVENT',
      parent: 'recording',
      needs: ['preprocessing'],
      action: 'transcribe',
      with: { file: '{{audio_source}}', language: "{{ language.split('-')[0] }}" },
      variables: { input: { audio: '{{audio_source}}', language: '{{language}}' } },
    },
    event(
      'text',
      'Text Processing',
      'recording',
      { transcript: '{{steps.transcription.output}}' },
      'transcription',
    ),
    {
      id: 'results',
      name: 'Mobile Results',
      observation_type: 'EVENT',
      parent: 'recording',
      needs: ['text'],
      variables: {
        input: { audio: '{{audio_source}}' },
        output: '{{steps.transcription.output}}',
      },
    },
  ],
});

const syncInput = {
  service: '{{cloud_service}}',
  data_type: '{{data_type}}',
  device_id: '{{device_id}}',
};

export const iosDataSync = define({
  name: 'ios-data-sync',
  description: 'The stages of bringing data of a device into a cloud service',
  variables: [
    required('sync_name', 'What is brought over'),
    usual(
      'cloud_service',
      'iCloud',
      ['iCloud', 'Dropbox', 'Google Drive', 'OneDrive'],
      'Where it goes',
    ),
    usual(
      'data_type',
      'documents',
      ['documents', 'photos', 'notes', 'health', 'contacts'],
      'What kind of data it is',
    ),
    { name: 'device_id', default: '{{mobile_id()}}', description: 'Device it comes from' },
  ],
  steps: [
    {
      id: 'sync',
      name: 'Sync Preparation',
      observation_type: 'SPAN',
      variables: { input: { sync: '{{sync_name}}', ...syncInput } },
    },
    event('authentication', 'Cloud Authentication', 'sync', { service: '{{cloud_service}}' }),
    event('upload', 'Data Upload', 'sync', syncInput, 'authentication'),
    event('completion', 'Sync Completion', 'sync', { sync: '{{sync_name}}' }, 'upload'),
  ],
});

export const gesturePipeline = define({
  name: 'gesture-pipeline',
  description: 'A gesture on a touch screen starts a workflow',
  variables: [
    usualGesture(),
    required('workflow_name', 'What the gesture starts'),
    usual(
      'app_context',
      'Pythonista',
      ['Pythonista', 'Shortcuts', 'Scriptable', 'a-Shell', 'Safari'],
      'Where the gesture was made',
    ),
    optional('gesture_data', 'What is known of the gesture'),
    { name: 'user_session', default: '{{mobile_id()}}', description: 'Session of the user' },
  ],
  steps: [
    {
      id: 'gesture',
      name: 'Gesture Recognition',
      observation_type: 'SPAN',
      variables: {
        input: {
          gesture: '{{gesture_type}}',
          data: '{{gesture_data}}',
          app: '{{app_context}}',
          session: '{{user_session}}',
        },
      },
    },
    event('context', 'Context Analysis', 'gesture', { app: '{{app_context}}' }),
    event('trigger', 'Workflow Trigger', 'gesture', { workflow: '{{workflow_name}}' }, 'context'),
    event(
      'feedback',
      'Haptic or Visual Feedback',
      'gesture',
      { gesture: '{{gesture_type}}', at: '{{touch_timestamp()}}' },
      'trigger',
    ),
    event(
      'complete',
      'Gesture Workflow Complete',
      'gesture',
      { workflow: '{{workflow_name}}' },
      'feedback',
    ),
  ],
});

function usualGesture(): object {
  return {
    ...required('gesture_type', 'Gesture that was made'),
    suggestions: ['tap', 'double_tap', 'long_press', 'swipe', 'pinch', 'rotate', 'shake'],
  };
}

export const quickAnalysis = define({
  name: 'quick-analysis',
  description: 'The stages of a short analysis on a mobile device',
  variables: [
    required('data_source', 'Data that is looked at'),
    usual(
      'analysis_type',
      'summary_stats',
      ['summary_stats', 'trend', 'correlation', 'distribution', 'comparison'],
      'What is looked for',
    ),
    usual(
      'output_format',
      'mobile_friendly',
      ['mobile_friendly', 'json', 'csv', 'markdown'],
      'Form of the result',
    ),
    usual('complexity_level', 'simple', ['simple', 'moderate', 'advanced'], 'How deep it goes'),
    optional('analyst_id', 'Who looks'),
  ],
  steps: [
    {
      id: 'analysis',
      name: 'Mobile Data Loading',
      observation_type: 'SPAN',
      variables: { input: { source: '{{data_source}}', analyst: '{{analyst_id}}' } },
    },
    event('validation', 'Data Validation', 'analysis', { source: '{{data_source}}' }),
    event(
      'computation',
      '{{analysis_type|title}} Analysis',
      'analysis',
      { type: '{{analysis_type}}', complexity: '{{complexity_level}}' },
      'validation',
    ),
    event(
      'formatting',
      'Mobile Result Formatting',
      'analysis',
      { format: '{{output_format}}' },
      'computation',
    ),
    event('complete', 'Analysis Complete', 'analysis', { source: '{{data_source}}' }, 'formatting'),
  ],
});
