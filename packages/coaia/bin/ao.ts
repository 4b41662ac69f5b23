#!/usr/bin/env node
import { isAnswered } from './start.ts';

if (!isAnswered('ao')) {
  // The serving room is not built yet; until then the name is reserved and says so.
  process.stderr.write(
    'ao is not part of this version yet: serving of models comes later. See `coaia --help` for what is.\n',
  );
  process.exitCode = 1;
}
