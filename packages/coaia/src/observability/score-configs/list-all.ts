/** Every score config of a project, page by page. */
import type { ScoreConfig, ScoresApi } from '@coaia/client';

/** In the server's order. */
export async function listAllConfigs(api: ScoresApi): Promise<readonly ScoreConfig[]> {
  const configs = new Map<string, ScoreConfig>();
  for (let page = 1; ; page++) {
    const answer = await api.listScoreConfigs({ page, limit: 100 });
    for (const config of answer.data) configs.set(config.id, config);
    if (answer.data.length === 0 || page >= (answer.meta.totalPages ?? 0)) break;
  }
  return [...configs.values()];
}
