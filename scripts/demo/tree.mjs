/** What the demo reads from a spans file: trees to print, and how many traces there really are. */

/** @param {string} text one JSON span a line */
export function parseSpans(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .sort((a, b) => a.startMs - b.startMs);
}

/**
 * Spans grouped into traces; traces that a span link joins are one group. A link to a span that nobody
 * recorded joins nothing.
 */
export function joinedTraces(spans) {
  const leader = new Map(spans.map(({ traceId }) => [traceId, traceId]));
  const find = (traceId) => {
    let id = traceId;
    while (leader.get(id) !== id) id = leader.get(id);
    return id;
  };
  const recorded = new Set(spans.map(key));
  for (const span of spans) {
    for (const link of span.links) {
      if (recorded.has(key(link))) leader.set(find(span.traceId), find(link.traceId));
    }
  }
  const groups = new Map();
  for (const span of spans) {
    const id = find(span.traceId);
    if (groups.has(id)) groups.get(id).push(span);
    else groups.set(id, [span]);
  }
  return [...groups.values()];
}

export function countTraces(spans) {
  return joinedTraces(spans).length;
}

/** @param {number} count */
export function traces(count) {
  return count === 1 ? '1 trace' : `${count} traces`;
}

/**
 * The span forest, a block a joined trace. `paint` colours: `(style, text) => text`.
 */
export function renderForest(spans, paint = (_style, text) => text) {
  const recorded = new Map(spans.map((span) => [key(span), span]));
  const width = Math.max(0, ...spans.map(({ service }) => service.length));
  const parentOf = (span) =>
    span.parentSpanId && recorded.get(key({ traceId: span.traceId, spanId: span.parentSpanId }));

  const line = (span, branch) => {
    const notes = span.links.map((link) => {
      const target = recorded.get(key(link));
      return target
        ? paint('cyan', `⇠ link from ${target.service} · ${target.name}`)
        : paint('red', '⇠ link to a span that nobody recorded');
    });
    if (span.role) notes.push(paint('dim', `(${span.role}, depth ${span.depth})`));
    if (span.parentSpanId && !parentOf(span)) notes.push(paint('red', '(its parent was not recorded)'));
    return ['  ', paint('dim', span.service.padEnd(width)), '  ', branch, [span.name, ...notes].join('  ')].join('');
  };

  const blocks = joinedTraces(spans).map((group, index) => {
    const ids = new Set(group.map(({ traceId }) => traceId)).size;
    const joined = ids > 1 ? `  (${ids} trace ids, joined by links)` : '';
    const lines = [paint('bold', `trace ${index + 1}`) + paint('dim', joined)];
    const walk = (span, branch, indent) => {
      lines.push(line(span, branch));
      const children = group.filter((child) => parentOf(child) === span);
      children.forEach((child, i) => {
        const last = i === children.length - 1;
        walk(child, `${indent}${last ? '└─ ' : '├─ '}`, `${indent}${last ? '   ' : '│  '}`);
      });
    };
    for (const root of group.filter((span) => !parentOf(span))) walk(root, '', '');
    return lines.join('\n');
  });
  return blocks.join('\n\n');
}

/** Span names of `before` that `after` has fewer times. */
export function missingNames(before, after) {
  const left = after.map(({ name }) => name);
  return before
    .map(({ name }) => name)
    .filter((name) => {
      const at = left.indexOf(name);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
}

function key({ traceId, spanId }) {
  return `${traceId}/${spanId}`;
}
