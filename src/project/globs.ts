import picomatch from 'picomatch';

/**
 * A test of paths (relative, with `/`) against globs as people write them in configuration: a glob without a slash
 * matches at any depth, one that ends in `/` everything below, one that starts with `!` takes back; the last one counts.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const tests = globs.map((glob) => {
    const negated = glob.startsWith('!');
    return { negated, matches: picomatch(normalise(negated ? glob.slice(1) : glob), { dot: true }) };
  });
  return (path) => {
    let matched = false;
    for (const { negated, matches } of tests) {
      if (matched === negated && matches(path)) matched = !negated;
    }
    return matched;
  };
}

function normalise(glob: string): string {
  const text = glob.replace(/^\.?\//, '');
  const named = text.replace(/\/$/, '');
  const anchored = glob.includes('/') && !glob.endsWith('/') ? text : named.includes('/') ? named : `**/${named}`;
  return text.endsWith('/') ? `${anchored}/**` : anchored;
}
