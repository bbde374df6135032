/**
 * Code that draws a page: components, hooks, effects. What they put off (a toast, a debounced search, a state to set) goes on with what is
 * shown; no request is under way there. Only where a request plainly goes out is there something to lose.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { contains, memberName, nameOfFunction } from './syntax.ts';

/** React's hooks and their like of Vue, Svelte and Solid: what is given to them is run by whatever draws. */
const effects = /^(use(Layout|Insertion)?Effect|useEffectOnce|useMount|useUnmount|onMount(ed)?|onUpdated|onCleanup|onUnmounted|watch(Effect)?|createEffect|afterUpdate)$/;
const component = /^(React\.)?(Pure)?Component$|^(LitElement|HTML\w*Element)$/;

const page = /(?<![.\w$])document\??\.(querySelector|getElement|create(Element|TreeWalker|TextNode)|body|documentElement|head|activeElement)/;

export interface Drawn {
  /** Run by what draws: nobody's call is under way. */
  inEffect: boolean;
}

/** Nothing where a node stands in no component or hook. */
export function drawnAround(ts: Ts, node: ts.Node): Drawn | undefined {
  let drawn = false;
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isClassLike(at) && (at.heritageClauses ?? []).some((clause) => clause.types.some(({ expression }) => component.test(expression.getText())))) drawn = true;
    if (!ts.isFunctionLike(at)) continue;
    const { parent } = at;
    if (ts.isCallExpression(parent) && parent.arguments.includes(at as ts.Node as ts.Expression) && effects.test(calledName(ts, parent))) return { inEffect: true };
    drawn ||= /^use[A-Z]/.test(nameOfFunction(ts, at) ?? '') || holdsJsx(ts, at);
  }
  return drawn ? { inEffect: false } : undefined;
}

/** Whether a file reaches into the page itself. */
export function touchesPage(text: string): boolean {
  return page.test(text);
}

function calledName(ts: Ts, call: ts.CallExpression): string {
  return ts.isIdentifier(call.expression) ? call.expression.text : memberName(ts, call.expression) ?? '';
}

function holdsJsx(ts: Ts, fn: ts.Node): boolean {
  return contains(ts, fn, (node) => ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node));
}
