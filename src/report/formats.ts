import { jsonText } from '../lib/json-text.ts';
import type { Format } from './formats-by-ending.ts';
import { githubSummary } from './github.ts';
import { htmlReport } from './html/page.ts';
import { wholeReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown/report.ts';
import { sarifReport } from './sarif.ts';
import type { ReportSource } from './source.ts';
import { textReport } from './text.ts';

/** A run told in a format; of `github`, the summary of a step, whose annotations are another text. */
export function reportIn(
  format: Format,
  source: ReportSource,
  { isUnicode, stateDir }: { readonly isUnicode: boolean; readonly stateDir: string },
): string {
  switch (format) {
    case 'text':
      return textReport(source, { isUnicode, ...source.where });
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
