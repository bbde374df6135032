/** The function that is an agent or a tool: its body in `traceAgent` or `traceTool`. */
import type { FunctionNode } from '../src/analysis/syntax.ts';
import { openingOf } from './support/agent-operation.ts';
import { encloseBody } from './support/enclose-body.ts';
import { refuse, type Strategy } from './support/strategy.ts';

const streams = /\b(ReadableStream|toDataStreamResponse|toUIMessageStreamResponse|createReadStream|createUIMessageStream|streamText|streamObject|streamSSE)\b|text\/event-stream/;

const traceAgentBody: Strategy = (site, tools) => {
  const fn = site.spot?.parts?.['fn'] as FunctionNode | undefined;
  if (!fn?.body) return refuse('unsupported-shape', 'the function stands elsewhere');
  if (streams.test(fn.getText(site.source.ast))) return refuse('streaming', 'its result is a stream that goes on after it has returned');
  const opening = openingOf(site, tools);
  if (opening === undefined) return refuse('unsupported-shape', 'nothing here says what it is called');
  return encloseBody(tools.ts, site.source, fn, opening);
};

export default traceAgentBody;
