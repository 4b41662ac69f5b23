/** Entry of the thread in which scripts run, one at a time, so that no request waits for them. */
import { parentPort } from 'node:worker_threads';
import { runInEngine } from './script-engine.ts';
import type { EngineAnswer, EngineRequest } from './script-engine.ts';

export interface ScriptTask extends EngineRequest {
  readonly isTypeScript: boolean;
}

parentPort?.on('message', (task: ScriptTask) => {
  void answer(task).then((result) => parentPort?.postMessage(result));
});

async function answer(task: ScriptTask): Promise<EngineAnswer> {
  if (!task.isTypeScript) return runInEngine(task);
  const { stripTypeScriptTypes } = await import('node:module');
  let source: string;
  try {
    source = stripTypeScriptTypes(task.source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', message: `SyntaxError: ${message.slice(0, 500)}` };
  }
  return runInEngine({ ...task, source });
}
