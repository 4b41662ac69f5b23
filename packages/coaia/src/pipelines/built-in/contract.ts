/** What the built-in templates must have, for their tests. */

/** Names of the variables, those that must be given with a star; steps with the values of `FILLED`. */
export const CONTRACT: Readonly<
  Record<string, readonly [variables: string, steps: readonly string[]]>
> = {
  'simple-trace': ['trace_name* observation_name user_id', ['EVENT Main Task']],
  'data-pipeline': [
    'data_source pipeline_name dataset_name processing_steps user_id environment',
    [
      'SPAN Data Processing Pipeline',
      'EVENT Load Data',
      'EVENT Validate Data',
      'EVENT Transform Data',
      'EVENT Export Results',
    ],
  ],
  'llm-chain': [
    'chain_name initial_prompt model model_name user_id temperature enable_judge_evaluation judge_model evaluation_criteria',
    [
      'SPAN LLM Chain: llm-chain',
      'GENERATION Initial Generation',
      'EVENT Context Processing',
      'GENERATION Follow-up Generation',
      'EVENT Final Synthesis',
    ],
  ],
  'parallel-processing': [
    'job_name* worker_count batch_size user_id',
    [
      'SPAN Parallel Job: job_name',
      'SPAN Worker 1 Processing',
      'SPAN Worker 2 Processing',
      'SPAN Worker 3 Processing',
      'EVENT Results Aggregation',
    ],
  ],
  'error-handling': [
    'operation_name* max_retries timeout_seconds user_id enable_alerts',
    [
      'SPAN Error-Resilient Operation: operation_name',
      'EVENT Initial Attempt',
      'EVENT Error Detection',
      'EVENT Retry Attempt',
      'EVENT Error Alert',
      'EVENT Final Status',
    ],
  ],
  'judge-evaluation': [
    'content_name* content_to_evaluate* judge_model evaluation_criteria score_config_name user_id',
    [
      'SPAN Content Evaluation: content_name',
      'EVENT Content Storage',
      'GENERATION Judge Assessment',
      'EVENT Evaluation Summary',
    ],
  ],
  'judge-ensemble': [
    'content_name* content_to_evaluate* judge_models evaluation_criteria consensus_threshold user_id',
    [
      'SPAN Judge Ensemble: content_name',
      'EVENT Content Preparation',
      'GENERATION Helpfulness Judge',
      'GENERATION Correctness Judge',
      'GENERATION Clarity Judge',
      'EVENT Consensus Analysis',
      'EVENT Ensemble Summary',
    ],
  ],
  'mobile-transcription': [
    'audio_source* recording_duration language quality_preference user_id',
    [
      'SPAN Mobile Recording Processing',
      'EVENT Audio Preprocessing',
      'EVENT Cloud Transcription',
      'EVENT Text Processing',
      'EVENT Mobile Results',
    ],
  ],
  'ios-data-sync': [
    'sync_name* cloud_service data_type device_id',
    [
      'SPAN Sync Preparation',
      'EVENT Cloud Authentication',
      'EVENT Data Upload',
      'EVENT Sync Completion',
    ],
  ],
  'gesture-pipeline': [
    'gesture_type* workflow_name* app_context gesture_data user_session',
    [
      'SPAN Gesture Recognition',
      'EVENT Context Analysis',
      'EVENT Workflow Trigger',
      'EVENT Haptic or Visual Feedback',
      'EVENT Gesture Workflow Complete',
    ],
  ],
  'quick-analysis': [
    'data_source* analysis_type output_format complexity_level analyst_id',
    [
      'SPAN Mobile Data Loading',
      'EVENT Data Validation',
      'EVENT Summary_stats Analysis',
      'EVENT Mobile Result Formatting',
      'EVENT Analysis Complete',
    ],
  ],
  'story-quality-ensemble': [
    'story_title* story_content* content_type* judge_models genre evaluation_aspects target_audience enable_consensus_analysis user_id',
    [
      'SPAN Story Quality Ensemble: story_title',
      'GENERATION Narrative Judge',
      'GENERATION Character Judge',
      'GENERATION Style Judge',
      'EVENT Consensus Analysis',
      'EVENT Ensemble Score Synthesis',
      'EVENT Actionable Recommendations',
      'EVENT Ensemble Evaluation Summary',
    ],
  ],
  'story-session-resume': [
    'story_title* session_id* resume_point* chapter_number narrative_model judge_model previous_context user_feedback enable_quality_check user_id',
    [
      'SPAN Story Session Resume: story_title',
      'EVENT Context Reconstruction',
      'GENERATION Chapter Continuation',
      'GENERATION Quality Check',
      'EVENT Session Progress Update',
    ],
  ],
  'storytelling-development': [
    'story_title* story_prompt* narrative_model judge_model story_structure chapter_count enable_character_development enable_story_evaluation genre target_length session_id user_id',
    [
      'SPAN Story Development: story_title',
      'GENERATION Premise',
      'GENERATION Character Profile',
      'GENERATION Outline',
      'GENERATION Chapter 1',
      'GENERATION Premise Evaluation',
      'GENERATION Outline Evaluation',
      'GENERATION Chapter 1 Evaluation',
      'EVENT Story Evaluation Summary',
      'EVENT Story Development Summary',
    ],
  ],
  'vision-analysis': [
    'image_url* question model_name content_type user_id',
    [
      'SPAN Vision Analysis',
      'TOOL Image Attachment',
      'GENERATION Image Description',
      'EVENT Vision Result',
    ],
  ],
  'audio-transcription': [
    'file_path* language content_type user_id',
    [
      'SPAN Audio Transcription',
      'TOOL Audio Upload',
      'GENERATION Transcription',
      'EVENT Transcript',
    ],
  ],
  'document-processing': [
    'file_path* document_text instruction model_name content_type user_id',
    ['SPAN Document Processing', 'TOOL Document Upload', 'EVENT Document Result'],
  ],
  'url-media-attach': [
    'url* content_type user_id',
    ['SPAN URL Media Attachment', 'TOOL Media Attachment', 'EVENT Attachment Result'],
  ],
};
