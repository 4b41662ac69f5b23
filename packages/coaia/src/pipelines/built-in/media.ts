/** vision-analysis, audio-transcription, document-processing, url-media-attach. */
import { define, MODELS, optional, required, userId, usual } from './parts.ts';

const contentType = optional('content_type', 'Media type, where the file does not say it');

export const visionAnalysis = define({
  name: 'vision-analysis',
  description: 'A model looks at an image of the web, which is kept with the trace',
  variables: [
    required('image_url', 'Address of the image'),
    {
      name: 'question',
      default: 'Describe what this image shows.',
      description: 'What is asked about it',
    },
    usual('model_name', 'gpt-4o', ['gpt-4o', ...MODELS], 'Model that can see'),
    contentType,
    userId,
  ],
  steps: [
    {
      id: 'analysis',
      name: 'Vision Analysis',
      observation_type: 'SPAN',
      variables: { input: { image: '{{image_url}}', question: '{{question}}' } },
    },
    {
      id: 'image',
      name: 'Image Attachment',
      observation_type: 'TOOL',
      parent: 'analysis',
      action: 'attach_url',
      with: { url: '{{image_url}}', content_type: '{{content_type}}', field: 'input' },
      export_as: 'image',
      variables: { input: { url: '{{image_url}}' } },
    },
    {
      id: 'description',
      name: 'Image Description',
      observation_type: 'GENERATION',
      parent: 'analysis',
      needs: ['image'],
      model: '{{model_name}}',
      action: 'llm',
      with: {
        model: '{{model_name}}',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: '{{question}}' },
              { type: 'image_url', image_url: { url: '{{image_url}}' } },
            ],
          },
        ],
      },
      variables: { input: { question: '{{question}}', image: '{{image_url}}' } },
    },
    {
      id: 'result',
      name: 'Vision Result',
      observation_type: 'EVENT',
      parent: 'analysis',
      needs: ['description'],
      variables: {
        input: { media_id: '{{image.media_id}}' },
        output: '{{steps.description.output}}',
      },
    },
  ],
});

export const audioTranscription = define({
  name: 'audio-transcription',
  description: 'An audio file is kept with the trace and becomes text',
  variables: [
    required('file_path', 'Audio file, below the folder of the run'),
    optional('language', 'Language that is spoken, for example en'),
    contentType,
    userId,
  ],
  steps: [
    {
      id: 'audio',
      name: 'Audio Transcription',
      observation_type: 'SPAN',
      variables: { input: { file: '{{file_path}}', language: '{{language}}' } },
    },
    {
      id: 'upload',
      name: 'Audio Upload',
      observation_type: 'TOOL',
      parent: 'audio',
      action: 'upload_media',
      with: { file_path: '{{file_path}}', content_type: '{{content_type}}', field: 'input' },
      export_as: 'audio_media',
      variables: { input: { file: '{{file_path}}' } },
    },
    {
      id: 'transcription',
      name: 'Transcription',
      observation_type: 'GENERATION',
      parent: 'audio',
      needs: ['upload'],
      action: 'transcribe',
      with: { file: '{{file_path}}', language: '{{language}}' },
      variables: { input: { file: '{{file_path}}', language: '{{language}}' } },
    },
    {
      id: 'result',
      name: 'Transcript',
      observation_type: 'EVENT',
      parent: 'audio',
      needs: ['transcription'],
      variables: {
        input: { media_id: '{{audio_media.media_id}}' },
        output: '{{steps.transcription.output}}',
      },
    },
  ],
});

export const documentProcessing = define({
  name: 'document-processing',
  description: 'A document is kept with the trace; its text, where given, is summarised by a model',
  variables: [
    required('file_path', 'Document, below the folder of the run'),
    optional('document_text', 'Its text'),
    {
      name: 'instruction',
      default: 'Summarise the document in a few sentences.',
      description: 'What is done with the text',
    },
    usual('model_name', 'gpt-4', MODELS, 'Model that reads'),
    contentType,
    userId,
  ],
  steps: [
    {
      id: 'document',
      name: 'Document Processing',
      observation_type: 'SPAN',
      variables: { input: { file: '{{file_path}}', instruction: '{{instruction}}' } },
    },
    {
      id: 'upload',
      name: 'Document Upload',
      observation_type: 'TOOL',
      parent: 'document',
      action: 'upload_media',
      with: { file_path: '{{file_path}}', content_type: '{{content_type}}', field: 'input' },
      export_as: 'document_media',
      variables: { input: { file: '{{file_path}}' } },
    },
    {
      id: 'reading',
      name: 'Document Reading',
      observation_type: 'GENERATION',
      parent: 'document',
      needs: ['upload'],
      conditional: 'document_text',
      model: '{{model_name}}',
      action: 'llm',
      with: {
        model: '{{model_name}}',
        system: '{{instruction}}',
        prompt: '{{document_text}}',
      },
      variables: { input: { instruction: '{{instruction}}', text: '{{document_text}}' } },
    },
    {
      id: 'result',
      name: 'Document Result',
      observation_type: 'EVENT',
      parent: 'document',
      needs: ['upload', 'reading'],
      variables: {
        input: { media_id: '{{document_media.media_id}}' },
        output: '{{steps.reading.output}}',
      },
    },
  ],
});

export const urlMediaAttach = define({
  name: 'url-media-attach',
  description: 'A file of the web is kept with the trace',
  variables: [required('url', 'Address of the file'), contentType, userId],
  steps: [
    {
      id: 'attachment',
      name: 'URL Media Attachment',
      observation_type: 'SPAN',
      variables: { input: { url: '{{url}}' } },
    },
    {
      id: 'media',
      name: 'Media Attachment',
      observation_type: 'TOOL',
      parent: 'attachment',
      action: 'attach_url',
      with: { url: '{{url}}', content_type: '{{content_type}}', field: 'metadata' },
      export_as: 'media',
      variables: { input: { url: '{{url}}' } },
    },
    {
      id: 'result',
      name: 'Attachment Result',
      observation_type: 'EVENT',
      parent: 'attachment',
      needs: ['media'],
      variables: { input: { url: '{{url}}' }, output: '{{media}}' },
    },
  ],
});
