import { describe, expect, it } from 'vitest';
import { isScalarName } from '../../src/analysis/scalar-names.ts';

describe('a name of a text, a number or a flag', () => {
  it.each(['id', 'modelName', 'created_at', 'baseURL', 'userIds', 'isEnabled', 'matchPattern', 'timestamp', 'TOKEN'])('%s', (name) => expect(isScalarName(name)).toBe(true));
  // `connection` ends like `on`, `update` like `date`, `json` like `on`.
  it.each(['queue', 'connection', 'json', 'update', 'headers', 'client', 'transport', 'session', ''])('not %j', (name) => expect(isScalarName(name)).toBe(false));
});
