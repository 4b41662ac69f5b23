/** Rows of what people add to what was recorded: media, comments and annotation queues. See `tables.ts`. */

export interface MediaRow {
  project_id: string;
  /** First 22 characters of the URL-safe base64 of the SHA-256. */
  id: string;
  /** SHA-256 of the bytes, hex. */
  sha256: string;
  content_type: string;
  content_length: number;
  /** When the bytes were all here; NULL before. */
  stored_at: number | null;
  /** What the client said about its upload; NULL before it did. */
  uploaded_at: number | null;
  upload_status: number | null;
  upload_error: string | null;
  upload_ms: number | null;
  created_at: number;
  updated_at: number;
}

/** Where a media record stands. The parent is the trace, or the dataset of an item. */
export interface MediaLinkRow {
  project_id: string;
  subject_type: 'trace' | 'observation' | 'dataset_item';
  parent_id: string;
  subject_id: string;
  field: string;
  media_id: string;
  created_at: number;
}

export interface CommentRow {
  project_id: string;
  id: string;
  object_type: 'TRACE' | 'OBSERVATION' | 'SESSION' | 'PROMPT';
  object_id: string;
  author_user_id: string | null;
  created_at: number;
  updated_at: number;
  content: string;
}

export interface AnnotationQueueRow {
  project_id: string;
  id: string;
  name: string;
  description: string | null;
  /** JSON array of ids. */
  score_config_ids: string;
  created_at: number;
  updated_at: number;
}

export interface AnnotationQueueItemRow {
  project_id: string;
  id: string;
  queue_id: string;
  object_type: 'TRACE' | 'OBSERVATION' | 'SESSION';
  object_id: string;
  status: 'PENDING' | 'COMPLETED';
  completed_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface AnnotationQueueAssignmentRow {
  project_id: string;
  queue_id: string;
  user_id: string;
  created_at: number;
}

export interface AnnotationTables {
  media: MediaRow;
  media_links: MediaLinkRow;
  comments: CommentRow;
  annotation_queues: AnnotationQueueRow;
  annotation_queue_items: AnnotationQueueItemRow;
  annotation_queue_assignments: AnnotationQueueAssignmentRow;
}

/** Primary keys, for upserts. */
export const ANNOTATION_KEYS = {
  media: ['project_id', 'id'],
  media_links: ['project_id', 'subject_type', 'parent_id', 'subject_id', 'field', 'media_id'],
  comments: ['project_id', 'id'],
  annotation_queues: ['project_id', 'id'],
  annotation_queue_items: ['project_id', 'id'],
  annotation_queue_assignments: ['project_id', 'queue_id', 'user_id'],
} as const;
