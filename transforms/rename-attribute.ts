/** `span.setAttribute('gen_ai.agent.mood', mood)` → `span.setAttribute('app.agent.mood', mood)`, where nothing else in the repository knows the name. */
import type ts from 'typescript';
import { ownName } from '../src/analysis/spans/no-custom-gen-ai-attributes.ts';
import { refuse, type Strategy } from './support/strategy.ts';

const renameAttribute: Strategy = ({ source, spot }, { ts, once }) => {
  const names = Object.values<ts.Node>(spot?.parts ?? {});
  if (names.length === 0 || !names.every((name) => ts.isStringLiteralLike(name))) return refuse('unsupported-shape', 'the name is not written out here: change it where it is made');
  return {
    edits: names.filter((name) => once(String(name.pos))).map((name) => {
      const start = name.getStart(source.ast);
      return { file: source.path, start: start + 1, end: name.end - 1, text: ownName(name.text) };
    }),
  };
};

export default renameAttribute;
