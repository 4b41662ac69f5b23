/** A parent for tests: `open-and-wait.ts FOLDER plain|box idle|busy` opens a Python version and never ends by itself. */
import { field, openVersion, toBatch } from './versions.ts';

const [folder = '', box, state] = process.argv.slice(2);
const inputs = [field('x')];
const { runtime } = openVersion({
  language: 'python',
  folder,
  inputs,
  isSandboxed: box === 'box',
  code: 'def predict(x):\n    while x > 1:\n        pass\n    return x\n',
});
await runtime.predict(toBatch(inputs, [{ x: 1 }]), { requestId: 'first' });
if (state === 'busy') void runtime.predict(toBatch(inputs, [{ x: 2 }]), { requestId: 'second' });
setTimeout(() => process.stdout.write('ready\n'), 50);
setInterval(() => undefined, 1000);
