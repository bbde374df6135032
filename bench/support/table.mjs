/** A Markdown table, its columns aligned. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])).join(' | ')} |`;
  return [line(all[0]), `|${widths.map((width, column) => column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`).join('|')}|`, ...all.slice(1).map(line)].join('\n');
}

export const seconds = (value) => value === undefined ? '–' : value.toFixed(2);
export const megabytes = (value) => value === undefined ? '–' : value.toFixed(0);
export const times = (value) => value === undefined || Number.isNaN(value) ? '–' : `${value.toFixed(2)}×`;
export const percent = (value) => `${(value * 100).toFixed(1)} %`;
