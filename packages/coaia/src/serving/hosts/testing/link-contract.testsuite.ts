/** What both links do, over the same frozen versions with real workers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../../testing/fixtures.ts';
import type { Batch } from '../../tensors/tensor.ts';
import type { PredictOptions, WorkerLine } from '../../runtimes/runtime.ts';
import type { ModelLink } from '../link.ts';

export interface OpenedLink {
  readonly link: ModelLink;
  readonly close: () => Promise<void>;
}

/**
 * Opens a link over a repository that has `sum` in versions 1 and 2 and `broken` in version 1. `onLine` hears what the
 * link tells.
 */
export type OpenLink = (onLine: (line: WorkerLine) => void) => Promise<OpenedLink>;

/** Rows that add up to the totals. */
export function toRows(totals: readonly number[]): Batch {
  const column = (name: string, share: number) => ({
    name,
    datatype: 'FP64' as const,
    shape: [totals.length],
    data: Float64Array.from(totals, (total) => total * share),
  });
  return {
    rows: totals.length,
    columns: [column('a', 0.5), column('b', 0.25), column('c', 0.125), column('d', 0.125)],
  };
}

let count = 0;
const ask = (overrides: Partial<PredictOptions> = {}): PredictOptions => ({
  requestId: `r${++count}`,
  deadline: Date.now() + 10_000,
  ...overrides,
});

const SUM = { model: 'sum', version: '1' };

/** Runs the suite over one kind of link. */
export function testLink(kind: ModelLink['kind'], open: OpenLink): void {
  const python = hasPython();
  describe.skipIf(python.skip)(`${kind} link${python.note}`, () => {
    const lines: WorkerLine[] = [];
    let opened: OpenedLink;
    let link: ModelLink;

    beforeAll(async () => {
      opened = await open((line) => lines.push(line));
      ({ link } = opened);
      await link.load(SUM);
    });

    afterAll(async () => {
      await opened.close();
    });

    const sum = async (totals: readonly number[], options = ask()) =>
      (await link.predict(SUM, toRows(totals), options)).outputs;

    test('says what it is', async () => {
      expect(link.kind).toBe(kind);
      expect(await link.isLive()).toBe(true);
    });

    test('knows the whole signature, platform and tensors of a version', async () => {
      const info = await link.info(SUM);
      expect(info).toMatchObject({ model: 'sum', version: '1' });
      expect(info.platform).toMatch(/^python/);
      expect(info.signature?.example).toEqual({ a: 1, b: 2, c: 3, d: 4 });
      expect(info.inputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual(
        ['a', 'b', 'c', 'd'].map((name) => [name, 'FP64', [-1]]),
      );
    });

    test('knows the workers of a version and their memory', async () => {
      const found = (await link.list()).find(({ version }) => version === '1');
      expect(found?.health).toMatchObject({ state: 'ready', workers: 1, queued: 0 });
      expect(found?.health.bytes).toBeGreaterThan(5_000_000);
    });

    test('predicts one row, and says where the time went', async () => {
      const { outputs, timings, warnings } = await link.predict(SUM, toRows([10]), ask());
      expect(outputs).toMatchObject([{ name: 'prediction', datatype: 'FP64', shape: [1] }]);
      expect([...(outputs[0]?.data ?? [])]).toEqual([10]);
      expect(timings.batchRows).toBe(1);
      expect(timings.workerMs).toBeGreaterThan(0);
      expect(timings.hostMs !== undefined).toBe(kind === 'grpc');
      expect(warnings).toEqual([]);
    });

    test('predicts a thousand rows of four columns, exactly', async () => {
      const totals = Array.from({ length: 1000 }, (_, index) => 100 + index / 3);
      const rows = toRows(totals);
      const [output] = (await link.predict(SUM, rows, ask())).outputs;
      const at = (row: number) => rows.columns.map(({ data }) => Number(data[row]));
      expect(output?.shape).toEqual([1000]);
      expect([...(output?.data ?? [])]).toEqual(
        totals.map((_, row) => at(row).reduce((total, value) => total + value, 0)),
      );
    });

    test('explains, beside predictions that wait', async () => {
      const why = link.predict(SUM, toRows([8, 4]), ask({ operation: 'explain' }));
      const [{ outputs }] = await Promise.all([why, sum([1]), sum([2])]);
      expect(outputs.map(({ name, data }) => [name, [...(data as Float64Array)]])).toEqual([
        ['share_of_a', [0.5, 0.5]],
      ]);
    });

    test('predicts no rows', async () => {
      const [output] = await sum([]);
      expect(output).toMatchObject({ name: 'prediction', shape: [0] });
      expect(output?.data).toHaveLength(0);
    });

    test('many callers at once get each their own rows', async () => {
      const all = await Promise.all(
        Array.from({ length: 100 }, (_, index) => sum([100 + index, 200 + index])),
      );
      expect(all.map(([output]) => [...(output?.data ?? [])])).toEqual(
        Array.from({ length: 100 }, (_, index) => [100 + index, 200 + index]),
      );
    });

    test('warnings and printed lines come with the prediction', async () => {
      const { warnings } = await link.predict(SUM, toRows([42]), ask());
      expect(warnings.join(' ')).toContain('adds up to 42');
      const options = ask();
      await link.predict(SUM, toRows([43]), options);
      await expect
        .poll(() => lines.filter(({ requestId }) => requestId === options.requestId))
        .toMatchObject([{ level: 'info', text: 'a row adds up to 43', model: 'sum' }]);
    });

    test("AO450: the model's own failure, for its caller only, with the reason as cause", async () => {
      const [good, bad, other] = await Promise.allSettled([sum([1]), sum([44]), sum([3])]);
      expect(good.status).toBe('fulfilled');
      expect(other.status).toBe('fulfilled');
      expect(bad).toMatchObject({ reason: { code: 'AO450' } });
      const { reason } = bad as PromiseRejectedResult;
      expect(String(reason)).not.toContain('too much');
      expect(reason).toMatchObject({
        cause: { message: expect.stringContaining('44 is too much') },
      });
      expect((reason as { cause: { trace: string } }).cause.trace).toContain('sum_model.py');
    });

    test('AO422: a column that is missing', async () => {
      const rows = toRows([1, 2]);
      const batch = { ...rows, columns: rows.columns.slice(1) };
      const failed = await link.predict(SUM, batch, ask()).catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: 'AO422', message: expect.stringContaining('a') });
    });

    test('AO429 with Retry-After: more requests than may wait', async () => {
      const deadline = Date.now() + 500;
      const stuck: Promise<unknown>[] = [];
      for (let lane = 0; lane < 2; lane++) {
        stuck.push(sum([45], ask({ deadline })).catch(() => {}));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const all = await Promise.allSettled(
        Array.from({ length: 400 }, () => sum([1], ask({ deadline }))),
      );
      await Promise.all(stuck);
      const full = all.filter((one) => one.status === 'rejected' && one.reason.code === 'AO429');
      expect(full.length).toBeGreaterThan(100);
      expect(full[0]).toMatchObject({ reason: { headers: { 'Retry-After': '1' } } });
      await expect.poll(() => sum([7]).catch(() => [])).toHaveLength(1);
    });

    test('AO404: an unknown model and an unknown version', async () => {
      const codes = [
        link.info({ model: 'none' }),
        link.predict({ model: 'none', version: '1' }, toRows([1]), ask()),
        link.predict({ model: 'sum', version: '9' }, toRows([1]), ask()),
        link.load({ model: 'sum', version: '9' }),
      ];
      for (const one of codes) await expect(one).rejects.toMatchObject({ code: 'AO404' });
    });

    test('AO454: nobody waits beyond the deadline', async () => {
      const began = Date.now();
      await expect(sum([45], ask({ deadline: began + 300 }))).rejects.toMatchObject({
        code: 'AO454',
      });
      expect(Date.now() - began).toBeLessThan(2000);
      // The stuck worker is replaced.
      await expect.poll(() => sum([7]).catch(() => [])).toHaveLength(1);
    });

    test('cancellation: the caller that leaves gets its own reason, others their answers', async () => {
      const abort = new AbortController();
      const gone = sum([1], ask({ signal: abort.signal }));
      const stays = sum([2]);
      abort.abort(new Error('gone'));
      await expect(gone).rejects.toThrow('gone');
      expect(await stays).toHaveLength(1);
      await expect(sum([1], ask({ signal: AbortSignal.abort(new Error('late')) }))).rejects.toThrow(
        'late',
      );
    });

    test('AO452 with Retry-After: the worker died; the next call works', async () => {
      await expect(sum([46])).rejects.toMatchObject({
        code: 'AO452',
        headers: { 'Retry-After': expect.stringMatching(/^\d+$/) },
      });
      await expect.poll(() => sum([7]).catch(() => [])).toHaveLength(1);
    });

    test('load and unload: states of every version', async () => {
      const states = async () =>
        Object.fromEntries(
          (await link.list()).map(({ model, version, health }) => [
            `${model}/${version}`,
            health.state,
          ]),
        );
      expect(await states()).toEqual({
        'sum/1': 'ready',
        'sum/2': 'unloaded',
        'broken/1': 'unloaded',
      });
      await link.load({ model: 'sum', version: '2' });
      expect(await states()).toMatchObject({ 'sum/1': 'ready', 'sum/2': 'ready' });
      await link.unload({ model: 'sum', version: '2' });
      expect(await states()).toMatchObject({ 'sum/2': 'unloaded' });
    });

    test('a version that cannot be loaded says why, the second time without trying', async () => {
      const target = { model: 'broken', version: '1' };
      await expect(link.load(target)).rejects.toMatchObject({ code: 'AO645' });
      await expect(link.predict(target, toRows([1]), ask())).rejects.toMatchObject({
        code: 'AO475',
        message: expect.stringContaining('no_such_name'),
        headers: { 'Retry-After': expect.stringMatching(/^[12]$/) },
      });
      const broken = (await link.list()).find(({ model }) => model === 'broken');
      expect(broken?.health.state).toBe('failed');
      expect(broken?.health.reason).toContain('no_such_name');
    });
  });
}
