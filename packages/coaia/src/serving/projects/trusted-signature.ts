/** What a model takes and gives, read only from files that may be opened on this computer. */
import { CoaiaError, EXIT } from '#base';
import { findHome } from '#config';
import type { Finding } from '../signatures/finding.ts';
import { readSignature } from '../signatures/read-signature.ts';
import type { SignatureReport } from '../signatures/read-signature.ts';
import { projectFailures } from './errors.ts';
import type { ModelSettings, Project } from './project.ts';
import { isTrusted } from './trust.ts';

export interface TrustPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Fails with AO303 when the file is not trusted; everything else that is wrong is in the findings. */
export async function readTrustedSignature(
  place: TrustPlace,
  project: Project,
  model: ModelSettings,
): Promise<SignatureReport> {
  const home = findHome(place);
  const report = await readSignature({
    project,
    model,
    isTrusted: (sha256) => isTrusted(home, sha256),
  });
  const refused = report.findings.find(({ code }) => code === 'AO303');
  if (refused?.severity === 'error') throw toFindingError(refused);
  return report;
}

/** A finding that ends a command, under its own code. */
export function toFindingError({ code, message, fix, cause }: Finding): CoaiaError {
  const { explain } = projectFailures.table.AO108;
  const definition = { status: 400, exit: EXIT.failed, name: 'InvalidRequestError', explain };
  const isSaid = cause === undefined || message.includes(cause);
  return new CoaiaError(code, definition, isSaid ? message : `${message}\n${cause}`, { hint: fix });
}
