import { ApiError, toPath } from '../../lib/api.ts';

/** What is sent, and under which name it is served. */
export interface ModelFile {
  readonly file: File;
  readonly name: string;
  readonly isTrusted: boolean;
}

/**
 * Sends a model file with its progress (fetch tells none) and resolves once its service is up. Rejects with
 * ApiError, and with TypeError when nothing answered.
 */
export function sendFile(
  { file, name, isTrusted }: ModelFile,
  onProgress: (sentBytes: number) => void,
): Promise<{ readonly name: string; readonly url: string }> {
  const path = toPath('/api/v1/deployment-files', {
    fileName: file.name,
    name,
    trusted: String(isTrusted),
  });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('error', () => reject(new TypeError('The server did not answer.')));
    request.addEventListener('load', () => {
      const { status } = request;
      const response: unknown = request.response;
      if (status < 300) resolve(response as { readonly name: string; readonly url: string });
      else reject(new ApiError(status, response ?? {}));
    });
    request.send(file);
  });
}
