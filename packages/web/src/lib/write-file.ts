/** Saves text as a file through the browser. */
export function writeFile(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(new Blob([text], { type }));
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Asks for files and gives their texts; resolves with none when the dialog is left. */
export function readFiles(accept: string): Promise<readonly NamedText[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve([]));
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])];
      resolve(
        Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))),
      );
    });
    input.click();
  });
}

/** A file that was chosen. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}
