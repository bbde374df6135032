import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { context, propagation, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const helperPath = path.join(root, 'transforms/runtime/handoff.ts');

export const traceId = '0af7651916cd43dd8448eb211c80319c';
export const spanId = 'b7ad6b7169203331';
export const traceparent = `00-${traceId}-${spanId}-01`;

/** A real SDK, registered for the whole process. */
export function startSdk() {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  return {
    tracer: trace.getTracer('test'),
    spans: (): ReadableSpan[] => exporter.getFinishedSpans(),
    named(name: string): ReadableSpan {
      const found = exporter.getFinishedSpans().filter((span) => span.name === name);
      if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}`);
      return found[0]!;
    },
    reset: (): void => exporter.reset(),
    async stop(): Promise<void> {
      await provider.shutdown();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

export const activeSpan = (): Span | undefined => trace.getSpan(context.active());
export const activeTraceId = (): string | undefined => activeSpan()?.spanContext().traceId;
export const activeSpanId = (): string | undefined => activeSpan()?.spanContext().spanId;

/** The context of a span that isn't ended by `fn`. */
export const within = <T>(span: Span, fn: () => T, base: Context = context.active()): T => context.with(trace.setSpan(base, span), fn);

/** The helper as the codemod writes it into a JavaScript package; returns its file URL. */
export function buildHelper(): string {
  const folder = path.join(root, 'node_modules/.cache/otel-handoff');
  mkdirSync(folder, { recursive: true });
  const text = transpile(ts.ModuleKind.ESNext);
  const file = path.join(folder, `handoff-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
  return pathToFileURL(file).href;
}

export function transpile(module: ts.ModuleKind): string {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: module === ts.ModuleKind.ESNext };
  return ts.transpileModule(readFileSync(helperPath, 'utf8'), { compilerOptions }).outputText;
}

export const redis = { host: '127.0.0.1', port: 6379 };

export function redisAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(redis, () => socket.write('PING\r\n'));
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => settle(data.toString().startsWith('+PONG')));
    socket.once('error', () => settle(false));
    socket.setTimeout(2000, () => settle(false));
  });
}
