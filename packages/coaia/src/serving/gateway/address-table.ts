/** The one table of addresses. */
import type { AddressTable } from './addresses.ts';
import { predict } from './dialects/native.ts';

export const ADDRESSES: AddressTable = {
  '/predict': { dialect: 'native', methods: { POST: predict } },
  '/v1/models/:model/predict': { dialect: 'native', methods: { POST: predict } },
  '/v1/models/:model/versions/:version/predict': { dialect: 'native', methods: { POST: predict } },
};
