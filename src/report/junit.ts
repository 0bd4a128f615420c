import { markupText } from '../lib/escape.ts';
import { reveal } from '../lib/text.ts';
import type { ReportSource } from './source.ts';
import { isError, storyOf, type Story } from './story.ts';
import type { ToldFinding } from './told-finding.ts';

/** A run as JUnit XML: what is left fails, what was not acted on is skipped, what was addressed passes. */
export function junitReport(source: ReportSource): string {
  const story = storyOf(source);
  const { findings, tone, startedAt } = story;
  const of = (group: ToldFinding['group']): number => findings.filter((told) => told.group === group).length;
  const counts = {
    tests: findings.length + 1,
    failures: of('left'),
    errors: tone === 'running' || isError(story) ? 1 : 0,
    skipped: of('aside'),
    time: (source.run.spent.ms / 1000).toFixed(3),
  };
  const suite = { name: source.run.started.plan.relative, ...counts, timestamp: startedAt.slice(0, 19) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'refine-plan', ...counts })}>`,
    `  <testsuite${attributes(suite)}>`,
    ...[runCase(story), ...findings.map((told) => findingCase(told, source))].map((line) => `    ${line}`),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The run itself: without it a report of a run that came to nothing would be a report of success. */
function runCase(story: Story): string {
  const { source, tone, verdict, message } = story;
  const about = attributes({
    classname: source.run.started.plan.relative,
    name: `refine-plan ${source.run.kind}`,
  });
  if (tone !== 'running' && !isError(story)) return `<testcase${about}/>`;
  return `<testcase${about}><error${attributes({ message: verdict })}>${text(message)}</error></testcase>`;
}

function findingCase({ finding, group, label, because, by }: ToldFinding, { run }: ReportSource): string {
  const { id, title, severity, body, instance, recommendation, anchor } = finding;
  const { relative } = run.started.plan;
  const line = anchor.lines?.start ?? 1;
  const about = attributes({ classname: relative, name: `${id} ${title}`, file: relative, line });
  const said = [
    `${relative}:${line}`,
    body,
    instance && `What goes wrong: ${instance}`,
    recommendation && `Recommended: ${recommendation}`,
    `${because} (By: ${by})`,
  ];
  switch (group) {
    case 'left':
      return `<testcase${about}><failure${attributes({ message: `${label}: ${title}`, type: severity })}>${text(said.filter(Boolean).join('\n'))}</failure></testcase>`;
    case 'aside':
      return `<testcase${about}><skipped${attributes({ message: `${label}: ${because}` })}/></testcase>`;
    case 'fixed':
      return `<testcase${about}/>`;
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${text(String(value)).replace(/[\n\t]/g, (one) => `&#${one.charCodeAt(0)};`)}"`,
    )
    .join('');
}

/** XML has no way to write some characters; they are named instead. */
function text(said: string): string {
  return markupText(reveal(said));
}
