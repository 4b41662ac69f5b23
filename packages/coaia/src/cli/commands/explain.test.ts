import { expect, test } from 'vitest';
import { allErrorTables } from '../error-tables.ts';
import { runCoaia } from '../testing.ts';

test.each(['COAIA-0501', 'coaia-501', '0501', '501'])('%s', async (code) => {
  const { stdout } = await runCoaia(['explain', code]);
  expect(stdout).toMatch(/^COAIA-0501 {2}exit 2, HTTP 400\nAn option or argument is unknown/);
});

test('as JSON', async () => {
  const { stdout } = await runCoaia('explain 601 --json');
  expect(JSON.parse(stdout)).toMatchObject({ code: 'COAIA-0601', exit: 7, status: 403 });
});

test('an unknown code is exit 1 and names a near one', async () => {
  expect(await runCoaia('explain COAIA-0599')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /COAIA-0505: There is no error code COAIA-0599\.\nFix: coaia explain/,
    ),
  });
});

test('alone it lists every code once, in order', async () => {
  const codes = (await runCoaia('explain')).stdout.match(/^COAIA-\d{4}/gm) ?? [];
  expect(codes).toEqual([...new Set(codes)].toSorted());
  expect(codes.length).toBeGreaterThan(25);
});

test('every code of every room is well formed, explained, and declared once', async () => {
  const seen = new Map<string, string>();
  for (const { room, load } of allErrorTables) {
    for (const [code, { explain, exit, status }] of Object.entries(await load())) {
      expect(code).toMatch(/^(?:COAIA-\d{4}|AO\d{3})$/);
      expect(seen.get(code), `${code} in ${room}`).toBeUndefined();
      seen.set(code, room);
      expect(explain.length, code).toBeGreaterThan(40);
      expect([0, 1, 2, 3, 4, 5, 6, 7, 130]).toContain(exit);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  }
});
