import { jsonText } from '../lib/json-text.ts';
import { githubSummary } from './github.ts';
import { htmlReport } from './html/page.ts';
import { wholeReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown/report.ts';
import { sarifReport } from './sarif.ts';
import type { ReportSource } from './source.ts';
import { textReport } from './text.ts';

/** The forms a report comes in, by the name that `--format` takes. */
export const FORMATS = ['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** What a file's ending says of what is to stand in it. */
const ENDINGS: Readonly<Record<string, Format>> = {
  txt: 'text',
  md: 'markdown',
  html: 'html',
  json: 'json',
  sarif: 'sarif',
  xml: 'junit',
};

export const REPORT_ENDINGS: readonly string[] = Object.keys(ENDINGS).map((ending) => `.${ending}`);

/** The format of a report by its file's ending; undefined where it is none that is known. */
export function formatOf(file: string): Format | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** A run told in a format; of `github`, the summary of a step, whose annotations are another text. */
export function reportIn(
  format: Format,
  source: ReportSource,
  { isUnicode, stateDir }: { readonly isUnicode: boolean; readonly stateDir: string },
): string {
  switch (format) {
    case 'text':
      return textReport(source.run, { isUnicode, ...source.where });
    case 'markdown':
      return markdownReport(source);
    case 'html':
      return htmlReport(source);
    case 'json':
      return `${jsonText(wholeReport(source, stateDir), 2)}\n`;
    case 'sarif':
      return `${jsonText(sarifReport(source), 2)}\n`;
    case 'junit':
      return junitReport(source);
    case 'github':
      return githubSummary(source);
  }
}
