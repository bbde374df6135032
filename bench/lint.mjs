// The rules in ESLint, beside one rule alone or beside what typescript-eslint recommends, by ESLint's own statistics.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measure } from './support/measure.mjs';

/** `typed`: with type information; `preset`: beside a preset, not one rule alone; `ours`: with our rules; at most `limit` files, evenly spread. */
export function take(repo, { typed, preset, ours, limit }) {
  const measured = measure(process.execPath, [fileURLToPath(import.meta.url), repo, JSON.stringify({ typed, preset, ours, limit })], repo);
  return { ...measured, ...JSON.parse(measured.stdout) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const repo = process.argv[2];
  const { typed, preset, ours, limit } = JSON.parse(process.argv[3]);
  const [{ ESLint }, parser, { plugin, configs }, { default: handoff }, { listFiles }] = await Promise.all([
    import('eslint'), import('@typescript-eslint/parser'), import('typescript-eslint'), import('../dist/src/index.js'), import('../build/src/project/files.js'),
  ]);
  const all = listFiles([repo], { cwd: repo, tests: false, respectIgnore: true, ignore: [] }).files.filter((file) => !typed || /\.[mc]?tsx?$/.test(file));
  const every = Math.max(1, all.length / limit);
  const files = Array.from({ length: Math.min(all.length, limit) }, (_, index) => all[Math.floor(index * every)]);
  const eslint = new ESLint({
    cwd: repo, stats: true, overrideConfigFile: true, ignore: false, allowInlineConfig: false,
    overrideConfig: [...(preset ? typed ? configs.recommendedTypeChecked : configs.recommended : []), {
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      languageOptions: { parser, ...(typed ? { parserOptions: { projectService: true, tsconfigRootDir: repo } } : {}) },
      plugins: { handoff, '@typescript-eslint': plugin },
      rules: { ...(preset ? {} : typed ? { '@typescript-eslint/no-floating-promises': 'error' } : { 'no-unused-vars': 'error' }), ...(ours ? handoff.configs.recommended.rules : {}) },
    }],
  });
  // What the packages say is read once a process, however many files follow: counted by itself, with the first tenth of the files.
  const first = files.filter((_, index) => index % 10 === 0);
  const once = (await eslint.lintFiles(first)).flatMap(({ stats }) => stats?.times.passes ?? []).flatMap(({ rules }) => Object.entries(rules ?? {}))
    .reduce((sum, [rule, { total }]) => rule.startsWith('handoff/') ? sum + total : sum, 0);
  const rest = files.filter((_, index) => index % 10 !== 0);
  const sums = { files: rest.length, all: all.length, lines: 0, parse: 0, rules: {}, total: 0, once };
  for (const { stats, filePath } of await eslint.lintFiles(rest)) {
    sums.lines += readFileSync(filePath, 'utf8').split('\n').length;
    for (const { parse, rules, total } of stats?.times.passes ?? []) {
      // A file that does not parse has no time of its own.
      if (!Number.isFinite(total)) continue;
      sums.parse += parse.total;
      sums.total += total;
      for (const [rule, { total: spent }] of Object.entries(rules ?? {})) sums.rules[rule] = (sums.rules[rule] ?? 0) + spent;
    }
  }
  console.log(JSON.stringify(sums));
}
