/** Rows of datasets, their items and the runs over them; part of the schema in tables.ts. */

export interface DatasetRow {
  project_id: string;
  id: string;
  name: string;
  description: string | null;
  created_at: number;
  updated_at: number;
  metadata: string | null;
  /** JSON Schema that inputs of its items must satisfy. */
  input_schema: string | null;
  expected_output_schema: string | null;
}

/** One version of an item. It counts from `valid_from` until just before `valid_to`; NULL: it is the current one. */
export interface DatasetItemRow {
  project_id: string;
  id: string;
  valid_from: number;
  valid_to: number | null;
  dataset_id: string;
  status: string;
  source_trace_id: string | null;
  source_observation_id: string | null;
  /** Of the first version. */
  created_at: number;
  metadata: string | null;
  input: string | null;
  expected_output: string | null;
}

export interface DatasetRunRow {
  project_id: string;
  id: string;
  dataset_id: string;
  name: string;
  description: string | null;
  created_at: number;
  updated_at: number;
  metadata: string | null;
}

export interface DatasetRunItemRow {
  project_id: string;
  id: string;
  run_id: string;
  dataset_item_id: string;
  trace_id: string;
  observation_id: string | null;
  /** Time whose version of the dataset the run used; NULL: the current one. */
  dataset_version: number | null;
  created_at: number;
  updated_at: number;
}
