import { workflowMessage, workflowProperty } from '../lib/escape.ts';
import { bracketed, reveal, truncate } from '../lib/text.ts';
import { inFixes } from '../core/narrate.ts';
import type { Severity } from '../core/severity.ts';
import { markdownReport } from './markdown/report.ts';
import { reportable } from './reportable.ts';
import type { ReportSource } from './source.ts';
import { isError, storyOf, type Story } from './story.ts';
import type { ToldFinding } from './told-finding.ts';

/** A step may show 1 MiB of summary; over that all of it is dropped. */
const MOST_BYTES = 900_000;

/** A run as the summary of a step: more room than a comment has, counted in bytes. */
export function githubSummary(source: ReportSource): string {
  const size = (text: string): number => new TextEncoder().encode(text).length;
  return markdownReport(source, { most: MOST_BYTES, size });
}

type Level = 'error' | 'warning' | 'notice';

/** So many of each level are shown of a step; the rest are counted. */
const MOST_OF_LEVEL = 10;

const LEVELS: Record<Severity, Level> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** What is left of a run as annotations of its plan, worst first: one workflow command a line. */
export function githubAnnotations(source: ReportSource): string {
  const story = storyOf(source);
  const left = reportable(story);
  const of = (level: Level): ToldFinding[] =>
    left.filter(({ finding }) => LEVELS[finding.severity] === level);
  const stop = stopped(story);
  const shown: Record<Level, number> = {
    error: MOST_OF_LEVEL - stop.length,
    warning: MOST_OF_LEVEL,
    notice: MOST_OF_LEVEL - 1,
  };
  const levels = ['error', 'warning', 'notice'] as const;
  const lines = levels.flatMap((level) =>
    of(level)
      .slice(0, shown[level])
      .map((told) => annotation(level, told, story)),
  );
  const rest = levels.flatMap((level) => of(level).slice(shown[level])).map(({ finding }) => finding);
  const more =
    rest.length > 0
      ? [
          command(
            'notice',
            { title: 'refine-plan' },
            `${rest.length} more findings are left${bracketed(inFixes(rest))}; the report names them.`,
          ),
        ]
      : [];
  return [...stop, ...lines, ...more].map((line) => `${line}\n`).join('');
}

/** What is an error of the run itself, and of no finding. */
function stopped(story: Story): string[] {
  const { verdict, message } = story;
  return isError(story) ? [command('error', { title: 'refine-plan' }, `${verdict}. ${message}`)] : [];
}

function annotation(level: Level, { finding, label }: ToldFinding, { source }: Story): string {
  const { id, severity, title, body, instance, anchor } = finding;
  const { start = null, end = null } = anchor.lines ?? {};
  const message = [body, instance].filter((text) => text.trim() !== '').join('\n');
  const place = {
    file: source.run.started.plan.relative,
    ...(start === null ? {} : { line: start, endLine: end ?? start }),
  };
  const heading = `${id} ${severity}: ${title}`;
  return command(
    level,
    { ...place, title: truncate(heading, 200) },
    truncate(`${message || title}\n(${label})`, 3000),
  );
}

/** `::error file=…,line=…::message`: nothing in a value can end it, or begin another command. */
function command(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const given = Object.entries(properties).map(
    ([name, value]) => `${name}=${workflowProperty(reveal(String(value)))}`,
  );
  return `::${level} ${given.join(',')}::${workflowMessage(reveal(message))}`;
}
