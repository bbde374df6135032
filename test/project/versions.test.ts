import { describe, expect, test } from 'vitest';

import { compareVersions, minVersion, newestVersion, satisfies } from '../../src/project/versions.ts';

describe('satisfies', () => {
  test.each([
    ['5.34.0', '>=5.34'], ['5.34.0', '>=5.22.0 <6'], ['5.22.0', '^5.22.0'], ['5.99.1', '^5.22.0'], ['0.5.3', '^0.5.1'], ['0.0.3', '^0.0.3'],
    ['1.2.9', '~1.2.3'], ['1.9.0', '~1'], ['1.2.3', '1.2.3'], ['1.2.3', '=1.2.3'], ['1.2.3', 'v1.2.3'], ['1.2.7', '1.2'], ['1.2.7', '1.2.x'], ['1.2.7', '1'], ['1.2.7', '1.*'],
    ['2.3.9', '1.2.3 - 2.3'], ['1.2.3', '1.2.3 - 2.3.4'], ['2.3.4', '1.2.3 - 2.3.4'], ['3.1.0', '^1 || ^3'], ['9.9.9', '*'], ['9.9.9', ''], ['9.9.9', 'x'],
    ['5.0.0', '> 4'], ['5.0.1', '>5.0.0'], ['5.0.0', '<=5'], ['5.9.9', '<=5'], ['4.9.9', '<5'], ['5.34.0-beta.1', '^5.22.0'], ['1.0.0-rc.2', '>=1.0.0-rc.1'], ['1.0.0+build', '1.0.0'], ['0.1.9', '^0.1'], ['0.9.0', '^0'],
  ])('%s lies in %s', (version, range) => {
    expect(satisfies(version, range)).toBe(true);
  });

  test.each([
    ['5.33.9', '>=5.34'], ['6.0.0', '>=5.22.0 <6'], ['6.0.0', '^5.22.0'], ['5.21.9', '^5.22.0'], ['0.6.0', '^0.5.1'], ['0.0.4', '^0.0.3'], ['1.3.0', '~1.2.3'], ['2.0.0', '~1'],
    ['1.2.4', '1.2.3'], ['1.3.0', '1.2.x'], ['2.0.0', '1'], ['2.4.0', '1.2.3 - 2.3'], ['1.2.2', '1.2.3 - 2.3.4'], ['2.0.0', '^1 || ^3'], ['4.9.9', '>4'], ['5.0.0', '>5.0.0'],
    ['6.0.0', '<=5'], ['5.0.0', '<5'], ['6.0.0-beta.1', '^5.22.0'], ['5.22.0-beta', '>=5.22.0'], ['1.0.0', 'latest'], ['1.0.0', 'workspace:^1'], ['nonsense', '^1'], ['1.2', '^1'],
    ['5.0.0-beta', '<5'],
  ])('%s does not lie in %s', (version, range) => {
    expect(satisfies(version, range)).toBe(false);
  });

  test('an unknown version satisfies nothing but *', () => {
    expect(satisfies(undefined, '*')).toBe(true);
    expect(satisfies(undefined, '>=1')).toBe(false);
    expect(satisfies(undefined, 'latest')).toBe(false);
  });
});

test.each([
  ['^5.22.0', '5.22.0'], ['~1.2', '1.2.0'], ['1.x', '1.0.0'], ['>=5.1 <6', '5.1.0'], ['^6 || ^5.2', '5.2.0'], ['1.2.3 - 2', '1.2.3'], ['2.0.0-rc.1', '2.0.0-rc.1'],
  ['*', undefined], ['latest', undefined], ['<6', undefined], ['^5 || *', undefined], ['git+ssh://x', undefined], ['workspace:*', undefined],
])('the lowest of %s is %s', (range, lowest) => {
  expect(minVersion(range)).toBe(lowest);
});

test.each([
  ['^5.22.0', '5.9999.9999'], ['^0.33.0', '0.33.9999'], ['^0.0.3', '0.0.3'], ['~1.2.3', '1.2.9999'], ['1.x', '1.9999.9999'], ['1.2', '1.2.9999'], ['5', '5.9999.9999'], ['1.2.3', '1.2.3'],
  ['>=5.1 <6', '5.1.0'], ['latest', undefined], ['*', undefined], ['workspace:*', undefined],
])('the newest that %s allows is %s', (range, newest) => {
  expect(newestVersion(range)).toBe(newest);
});

test('compareVersions', () => {
  const sorted = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.2.0', '1.10.0', '2.0.0'];
  expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted);
  expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
  expect(compareVersions('nonsense', '1.0.0')).toBeLessThan(0);
});
