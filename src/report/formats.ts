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
  const told = (await IN[format]())(source, style);
  return typeof told === 'string' ? [told] : told;
}

/** Each format is loaded when it is asked for. */
const IN: Readonly<
  Record<Format, () => Promise<(source: ReportSource, style: Style) => string | readonly string[]>>
> = {
  text: async () => {
    const { textReport } = await import('./text.ts');
    return (source, { isUnicode }) => textReport(source, { isUnicode, ...source.where });
  },
  markdown: async () => {
    const { markdownReport } = await import('./markdown/report.ts');
    return (source) => markdownReport(source);
  },
  html: async () => (await import('./html/page.ts')).htmlReport,
  json: async () => {
    const { wholeReport } = await import('./json.ts');
    return (source, { stateDir }) => `${jsonText(wholeReport(source, stateDir), 2)}\n`;
  },
  sarif: async () => {
    const { sarifReport } = await import('./sarif.ts');
    return (source) => `${jsonText(sarifReport(source), 2)}\n`;
  },
  junit: async () => (await import('./junit.ts')).junitReport,
  github: async () => (await import('./github.ts')).githubSummary,
};
