import { jsonText } from '../lib/json-text.ts';
import type { Format } from './formats-by-ending.ts';
import type { ReportSource } from './source.ts';

type Style = { readonly isUnicode: boolean; readonly stateDir: string };

/** A run told in a format, in parts; of `github`, the summary of a step, whose annotations are another text. */
export async function reportIn(
  format: Format,
  source: ReportSource,
  style: Style,
): Promise<readonly string[]> {
  const told = await IN[format](source, style);
  return typeof told === 'string' ? [told] : told;
}

type Tell = (source: ReportSource, style: Style) => Promise<string | readonly string[]>;

/** Each format is loaded when it is asked for. */
const IN: Readonly<Record<Format, Tell>> = {
  text: async (source, { isUnicode }) =>
    (await import('./text.ts')).textReport(source, { isUnicode, ...source.where }),
  markdown: async (source) => (await import('./markdown/report.ts')).markdownReport(source),
  html: async (source) => (await import('./html/page.ts')).htmlReport(source),
  json: async (source, { stateDir }) =>
    `${jsonText((await import('./json.ts')).wholeReport(source, stateDir), 2)}\n`,
  sarif: async (source) => `${jsonText((await import('./sarif.ts')).sarifReport(source), 2)}\n`,
  junit: async (source) => (await import('./junit.ts')).junitReport(source),
  github: async (source) => (await import('./github.ts')).githubSummary(source),
};
