/**
 * SARIF 2.1.0, with what GitHub's code scanning reads of it.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
import type { Finding, Related, ToolError } from '../types.ts';
import type { Formatter, FormatOptions } from './formats.ts';
import { fromRoot, uriOf } from './places.ts';
import { ruleTexts } from './rule-texts.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const tags = ['opentelemetry', 'tracing', 'context-propagation'];

export const sarif: Formatter = (report, options) => {
  const rules = [...new Set([...Object.keys(ruleTexts), ...report.findings.map((f) => f.rule)])];
  const index = new Map(rules.map((rule, i) => [rule, i]));
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'otel-handoff', version: report.version, rules: rules.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{
        executionSuccessful: !options.failed,
        ...(report.errors.length > 0 ? { toolExecutionNotifications: report.errors.map((error) => notification(error, options)) } : {}),
      }],
      results: report.findings.map((finding) => resultOf(finding, index.get(finding.rule)!, options)),
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function ruleOf(id: string): object {
  const { description, about, url, severity } = ruleTexts[id] ?? { description: `Boundary of the rule ${id}.`, about: 'A boundary that the configuration of this repository describes.', url: undefined, severity: 'error' };
  const help = `${about}\n\n\`npx otel-handoff fix\` repairs what can be repaired safely, and \`npx otel-handoff explain ${id}\` says more. A place that is meant as it is says so: \`// handoff-ignore ${id} -- why\`.`;
  return {
    id,
    shortDescription: { text: description },
    fullDescription: { text: about },
    ...(url === undefined ? {} : { helpUri: url }),
    help: { text: help.replaceAll('`', ''), markdown: help },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags, precision: 'high', 'problem.severity': levelOf(severity) },
  };
}

function resultOf(finding: Finding, ruleIndex: number, options: FormatOptions): object {
  const { rule, severity, message, why, fingerprint, related, boundary, channel, verdict, repair } = finding;
  const region = { startLine: finding.line, startColumn: finding.column, endLine: finding.endLine, endColumn: finding.endColumn };
  return {
    ruleId: rule, ruleIndex,
    level: levelOf(severity),
    message: { text: [message, ...why.map((reason) => `Because: ${reason}.`)].join('\n') },
    locations: [{ physicalLocation: { artifactLocation: artifact(finding.path, options), region } }],
    ...(related.length > 0 ? { relatedLocations: related.map((peer, id) => otherSide(peer, id, options)) } : {}),
    // GitHub tells alerts apart by this one; with a line number in it, moved code would open new alerts.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'handoff/v1': fingerprint },
    properties: { boundary, channel, verdict, repair },
  };
}

function otherSide({ path, line, column, role }: Related, id: number, options: FormatOptions): object {
  return { id, message: { text: `the ${role}` }, physicalLocation: { artifactLocation: artifact(path, options), region: { startLine: line, startColumn: column } } };
}

function notification({ path, code, message }: ToolError, options: FormatOptions): object {
  return {
    level: 'error', descriptor: { id: code }, message: { text: message },
    ...(path === '' ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(path, options) } }] }),
  };
}

function artifact(path: string, { prefix }: FormatOptions): object {
  return { uri: uriOf(fromRoot(path, prefix)) };
}

function levelOf(severity: string): 'error' | 'warning' {
  return severity === 'error' ? 'error' : 'warning';
}
