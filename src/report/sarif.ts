import type { Log, ReportingDescriptor, Result, Run as SarifRun } from 'sarif';
import { KINDS, type Finding } from '../core/finding.ts';
import type { Severity } from '../core/severity.ts';
import { linesOf, oneLine, reveal } from '../lib/text.ts';
import { reportable } from './reportable.ts';
import type { ReportSource } from './source.ts';
import { storyOf, type Story } from './story.ts';
import type { ToldFinding } from './told-finding.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What is left of a run as a SARIF 2.1.0 log: what was fixed, ruled out or dismissed is no result. */
export function sarifReport(source: ReportSource): Log {
  return { $schema: SCHEMA, version: '2.1.0', runs: [runOf(storyOf(source))] };
}

function runOf(story: Story): SarifRun {
  const { source, outcome, startedAt, lastAt } = story;
  const { started, id } = source.run;
  const left = reportable(story);
  const prints = fingerprints(left, source);
  return {
    tool: {
      driver: { name: 'refine-plan', semanticVersion: started.tool_version, rules: KINDS.map(ruleOf) },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
    automationDetails: { id: `refine-plan/${started.plan.relative}/${id}` },
    artifacts: [
      { location: locationOf(source), ...(started.bytes > 0 ? { roles: ['analysisTarget'] } : {}) },
    ],
    invocations: [
      {
        executionSuccessful: outcome !== null && story.tone !== 'stopped',
        startTimeUtc: startedAt,
        endTimeUtc: lastAt,
        ...(outcome ? { exitCode: outcome.exit_code, exitCodeDescription: outcome.status } : {}),
        toolExecutionNotifications: [
          {
            level: story.tone === 'stopped' ? 'error' : 'note',
            message: { text: messageText(`${story.verdict}. ${story.message}`) },
          },
        ],
      },
    ],
    results: left.map((told, index) => resultOf(told, prints[index] ?? '', source)),
  };
}

function ruleId(kind: Finding['kind']): string {
  return `RP-${kind.toUpperCase()}`;
}

const SAID: Record<Finding['kind'], string> = {
  contradiction: 'Two statements of the plan cannot both hold.',
  'missing-case': 'A case that will happen is not provided for.',
  'wrong-fact': 'The plan says of the code, or of the world, what is not so.',
  ambiguity: 'Two people would build different things from the same words.',
  untestable: 'Nobody could tell whether it was built.',
  scope: 'The plan does more than it sets out to, or less.',
  prose: 'The wording could be better; no behaviour would differ.',
  other: 'A defect of another kind.',
};

function ruleOf(kind: Finding['kind']): ReportingDescriptor {
  const help =
    'A review of the plan claims this defect. Read the concrete failure; mend the plan, or settle the finding for good with: refine-plan dismiss';
  return {
    id: ruleId(kind),
    name: kind
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
    shortDescription: { text: SAID[kind] },
    fullDescription: { text: SAID[kind] },
    help: { text: help },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['plan'], precision: 'medium' },
  };
}

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

function resultOf({ finding, label, because, by }: ToldFinding, print: string, source: ReportSource): Result {
  const { id, title, body, instance, recommendation, kind, severity, anchor } = finding;
  const parts = [
    `${title}.`,
    body,
    instance && `What goes wrong: ${instance}`,
    recommendation && `Recommended: ${recommendation}`,
  ];
  const named =
    anchor.section.length > 0
      ? [{ fullyQualifiedName: messageText(anchor.section.join(' / ')), kind: 'section' }]
      : [];
  return {
    ruleId: ruleId(kind),
    ruleIndex: KINDS.indexOf(kind),
    level: LEVELS[severity],
    rank: Math.round(finding.confidence * 100),
    message: { text: messageText(parts.filter(Boolean).join('\n')) },
    locations: [
      {
        physicalLocation: { artifactLocation: locationOf(source), region: regionOf(finding, source) },
        ...(named.length > 0 ? { logicalLocations: named } : {}),
      },
    ],
    partialFingerprints: { 'refinePlan/v1': print, primaryLocationLineHash: print },
    properties: {
      id,
      severity,
      confidence: finding.confidence,
      generation: finding.generation,
      became: label,
      because: messageText(because),
      by: messageText(by),
    },
  };
}

/** In a message `[text](target)` is a link, and a model has none to give. */
function messageText(text: string): string {
  return reveal(text).replaceAll('](', '] (');
}

function locationOf({ run }: ReportSource): { uri: string; uriBaseId: string; index: number } {
  const uri = run.started.plan.relative.split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: 'SRCROOT', index: 0 };
}

/** From the first column to behind the last. What has no place of its own is about the plan as a whole. */
function regionOf(
  { anchor }: Finding,
  { run, texts }: ReportSource,
): { startLine: number; startColumn: number; endLine: number; endColumn: number } {
  const { start, end } = anchor.lines ?? { start: 1, end: 1 };
  const last = linesOf(texts.get(run.expected.sha256) ?? '')[end - 1] ?? '';
  return {
    startLine: start,
    startColumn: 1,
    endLine: Math.max(start, end),
    endColumn: Math.max(2, last.length + 1),
  };
}

/**
 * What names a finding from one run to the next: its section and the text it is about, never its line, nor the words a
 * reviewer happens to use, unless it quotes nothing. Several about the same text are numbered.
 */
function fingerprints(left: readonly ToldFinding[], { digest }: ReportSource): string[] {
  const seen = new Map<string, number>();
  return left.map(({ finding: { anchor, title } }) => {
    const about = JSON.stringify([anchor.section.map(folded), folded(anchor.quote ?? title)]);
    const print = digest(about, 'hex').slice(0, 32);
    const n = (seen.get(print) ?? 0) + 1;
    seen.set(print, n);
    return `${print}:${n}`;
  });
}

function folded(text: string): string {
  return oneLine(text).toLowerCase();
}
