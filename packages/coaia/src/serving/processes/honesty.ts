/** Whether the rows of a version may be predicted together, proved once for its contents. */
import { toHonestyDigest } from '../checks/draft.ts';
import { readHonesty, writeHonesty } from '../checks/honesty.ts';
import { proveHonesty } from '../checks/prove-honesty.ts';
import { openService } from '../checks/ask-model.ts';
import type { ModelSettings } from '../projects/project.ts';
import { openRuntime } from '../runtimes/open-runtime.ts';
import type { VersionManifest } from '../versions/version.ts';

/** As `ao check` or an earlier start proved it; undefined: nobody tried. */
export function findHonesty(folder: string, { files }: VersionManifest): boolean | undefined {
  return readHonesty(folder, toHonestyDigest(files))?.isHonest;
}

export interface HonestyRequest {
  /** Of the project. */
  readonly project: string;
  readonly model: ModelSettings;
  readonly manifest: VersionManifest;
  /** Of the version. */
  readonly folder: string;
  readonly isSandboxed: boolean | 'auto';
  /** What the model's code sees of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Loads the version once by itself, without merging, and compares rows together with rows one by one, unless that is
 * known or the settings decide it. What cannot be proved stays unknown, and unknown counts as no.
 */
export async function ensureHonesty(request: HonestyRequest): Promise<void> {
  const { project, model, manifest, folder, isSandboxed, env } = request;
  if (model.batch.enabled !== 'auto' || findHonesty(project, manifest) !== undefined) return;
  const alone = { ...manifest, workers: 1, batch: { enabled: false, maxRows: 1, maxWaitMs: 0 } };
  const runtime = openRuntime(alone, folder, { onLine: () => undefined, isSandboxed, env });
  try {
    const service = openService(runtime, manifest.signature, manifest.rules);
    const proof = await proveHonesty(service, [manifest.signature.example]);
    if (proof.kind === 'unknown') return;
    writeHonesty(project, toHonestyDigest(manifest.files), {
      isHonest: proof.kind === 'honest',
      rows: proof.rows,
      checkedAt: new Date().toISOString(),
    });
  } finally {
    await runtime.close();
  }
}
