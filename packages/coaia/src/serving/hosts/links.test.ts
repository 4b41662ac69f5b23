import { openGrpcLink } from './grpc-link.ts';
import { openGrpcHost } from './grpc-server.ts';
import { createLineShelf } from './grpc/line-shelf.ts';
import { testLink } from './testing/link-contract.testsuite.ts';
import { openSumRepository } from './testing/sum-repository.ts';

testLink('pipe', async (onLine) => {
  const link = openSumRepository(onLine);
  return { link, close: () => link.close() };
});

testLink('grpc', async (onLine) => {
  const shelf = createLineShelf(() => {});
  const repository = openSumRepository(shelf.onLine);
  const host = await openGrpcHost({
    link: repository,
    host: '127.0.0.1',
    port: 0,
    takeLines: shelf.take,
  });
  const link = openGrpcLink({
    address: host.address,
    batch: { enabled: true, maxRows: 64, maxWaitMs: 0, maxQueue: 100 },
    egressCheck: () => {},
    onLine,
  });
  return {
    link,
    close: async () => {
      await link.close();
      await host.close();
      await repository.close();
    },
  };
});
