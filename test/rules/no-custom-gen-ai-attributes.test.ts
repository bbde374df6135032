import { describe } from 'vitest';
import rule from '../../rules/no-custom-gen-ai-attributes.ts';
import { runRule } from '../eslint/support.ts';

const set = (key: string): string => `import { trace } from '@opentelemetry/api';\nexport const f = (n) => trace.getActiveSpan()?.setAttribute('${key}', n);`;
const marked = (key: string): string => set(key).replace('setAttribute', '«setAttribute»');
const id = 'renameAttribute';
const valid = [set('gen_ai.request.model'), set('app.agent.role'), set('mcp.session.id'), set('mcpserver.name')];

describe('no-custom-gen-ai-attributes', () => {
  runRule('no-custom-gen-ai-attributes', rule, {
    typescript: {
      valid: [...valid, { name: 'allowed by an option', code: set('gen_ai.cost'), option: { allow: ['gen_ai.cost'] } }],
      invalid: [
        { name: 'under gen_ai', code: marked('gen_ai.agent.role'), id, suggests: set('app.agent.role'), says: /Call it `app\.agent\.role`/ },
        { name: 'under mcp', code: marked('mcp.outcome'), id, suggests: set('app.mcp.outcome'), says: /Call it `app\.mcp\.outcome`/ },
        { name: 'in options, where it stands', code: "import { trace } from '@opentelemetry/api';\nexport const f = () => trace.getTracer('a').startSpan('f', { attributes: { «'gen_ai.my.own'»: 1 } });", id, suggests: "import { trace } from '@opentelemetry/api';\nexport const f = () => trace.getTracer('a').startSpan('f', { attributes: { 'app.gen_ai.my.own': 1 } });" },
        { name: 'that somebody reads', code: `${marked('gen_ai.mood')}\nexport const isMood = (name) => name === 'gen_ai.mood';`, says: /Not repaired: .*file\.ts:3 knows it by this name\./ },
        { name: 'that products read', code: marked('gen_ai.usage.cents'), says: /Not repaired: products that show model traces read `gen_ai\.usage\.cents`/ },
      ],
    },
    javascript: { valid, invalid: [{ code: marked('gen_ai.cost'), id, suggests: set('app.gen_ai.cost') }] },
  });
});
