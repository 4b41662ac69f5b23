import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';

const WIDGET = {
  name: 'Cost',
  view: 'observations',
  dimensions: [{ field: 'providedModelName' }],
  metrics: [{ measure: 'totalCost', agg: 'sum' }],
  filters: [],
  chartType: 'HORIZONTAL_BAR',
};

describe.each(openTestDatabases())('dashboards on $name', ({ open }) => {
  let server: RoomServer;
  let now = Date.parse('2026-03-01T10:00:00.000Z');
  beforeAll(async () => {
    server = await openRoomServer(await open(), () => (now += 1000));
  });
  afterAll(() => server.close());

  const post = (path: string, body: unknown) => server.send('POST', `/unstable${path}`, body);
  const createWidget = async (change: Record<string, unknown> = {}) =>
    (await post('/dashboard-widgets', { ...WIDGET, ...change })).body;
  const createDashboard = async (change: Record<string, unknown> = {}) =>
    (await post('/dashboards', { name: 'Board', ...change })).body;

  it('widgets are made with the plain settings of their chart and read back', async () => {
    const made = await createWidget();
    expect(made).toMatchObject({
      ...WIDGET,
      description: '',
      chartConfig: { type: 'HORIZONTAL_BAR' },
    });
    const read = await server.send('GET', `/unstable/dashboard-widgets/${made.id}`);
    expect(read.body).toEqual(made);
    const list = await server.send('GET', '/unstable/dashboard-widgets?limit=1');
    expect(list.body.data).toEqual([made]);
  });

  it.each([
    ['a measure that its view does not have', { metrics: [{ measure: 'x', agg: 'sum' }] }, /"x"/],
    ['a dimension that its view does not have', { dimensions: [{ field: 'x' }] }, /"x"/],
    ['settings of another chart', { chartConfig: { type: 'PIE' } }, /PIE/],
    [
      'two dimensions for a bar',
      { dimensions: [{ field: 'name' }, { field: 'type' }] },
      /PIVOT_TABLE/,
    ],
    ['a histogram without its aggregation', { chartType: 'HISTOGRAM' }, /histogram/],
    [
      'a filter on an unknown column',
      { filters: [{ column: 'nope', operator: '=', type: 'string', value: 'x' }] },
      /nope/,
    ],
    ['the legacy view', { view: 'traces' }, /Invalid request data/],
  ])('widgets are refused with %s', async (_, change, message) => {
    const { status, body } = await post('/dashboard-widgets', { ...WIDGET, ...change });
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it('another chart resets the settings, other changes keep them', async () => {
    const { id } = await createWidget({ chartConfig: { row_limit: 5 } });
    const patch = async (body: unknown) =>
      (await server.send('PATCH', `/unstable/dashboard-widgets/${id}`, body)).body;
    expect(await patch({ name: 'Renamed' })).toMatchObject({
      name: 'Renamed',
      chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 5 },
    });
    expect(await patch({ chartType: 'PIE' })).toMatchObject({ chartConfig: { type: 'PIE' } });
    const nothing = await server.send('PATCH', `/unstable/dashboard-widgets/${id}`, {});
    expect(nothing.status).toBe(400);
  });

  it('tiles go below everything else unless they say where', async () => {
    const widget = await createWidget();
    const { id } = await createDashboard();
    const tiles = `/dashboards/${id}/placements`;
    const first = await post(tiles, { type: 'widget', widgetId: widget.id, height: 4 });
    expect(first.body).toMatchObject({ x: 0, y: 0, width: 6, height: 4 });
    const second = await post(tiles, { type: 'widget', widgetId: widget.id, id: 'mine' });
    expect(second.body).toMatchObject({ id: 'mine', x: 0, y: 4, width: 6, height: 6 });
    const moved = await server.send('PATCH', `/unstable${tiles}/mine`, { x: 6, y: 0 });
    expect(moved.body).toMatchObject({ id: 'mine', x: 6, y: 0, width: 6 });
    const read = await server.send('GET', `/unstable/dashboards/${id}`);
    expect(read.body.definition.widgets).toEqual([first.body, moved.body]);
    expect((await server.send('DELETE', `/unstable${tiles}/mine`)).status).toBe(200);
    const after = await server.send('GET', `/unstable/dashboards/${id}`);
    expect(after.body.definition.widgets).toEqual([first.body]);
  });

  it('tiles are refused twice, outside the grid, and without a widget', async () => {
    const widget = await createWidget();
    const { id } = await createDashboard();
    const tiles = `/dashboards/${id}/placements`;
    const tile = { type: 'widget', widgetId: widget.id, id: 'one' };
    await post(tiles, tile);
    expect((await post(tiles, tile)).status).toBe(409);
    expect((await post(tiles, { ...tile, id: 'wide', x: 7 })).status).toBe(400);
    expect((await post(tiles, { ...tile, id: 'none', widgetId: 'none' })).status).toBe(400);
    const unknown = await server.send('PATCH', `/unstable${tiles}/none`, { x: 1 });
    expect(unknown.status).toBe(404);
  });

  it('a widget cannot go while it stands somewhere', async () => {
    const widget = await createWidget();
    const board = await createDashboard({ name: 'Holds it' });
    await post(`/dashboards/${board.id}/placements`, { type: 'widget', widgetId: widget.id });
    const refused = await server.send('DELETE', `/unstable/dashboard-widgets/${widget.id}`);
    expect(refused.status).toBe(409);
    expect(refused.body.message).toContain('"Holds it"');
    await server.send('DELETE', `/unstable/dashboards/${board.id}`);
    const gone = await server.send('DELETE', `/unstable/dashboard-widgets/${widget.id}`);
    expect(gone.status).toBe(200);
  });

  it('parallel changes of one dashboard lose no tile', async () => {
    const widget = await createWidget();
    const { id } = await createDashboard();
    const names = Array.from({ length: 12 }, (_, at) => `tile-${at}`);
    await Promise.all(
      names.map((name) =>
        post(`/dashboards/${id}/placements`, { type: 'widget', widgetId: widget.id, id: name }),
      ),
    );
    const { body } = await server.send('GET', `/unstable/dashboards/${id}`);
    const kept = body.definition.widgets.map((one: { readonly id: string }) => one.id);
    expect(kept.toSorted()).toEqual(names.toSorted());
  });
});
