import type { ReportSource } from '../../src/report/source.ts';
import { wholeRun } from './whole-run.ts';

/** What a model might write to break out of a report, into whatever shows it. */
export const HOSTILE = [
  '</title></style></summary></details></main><script>alert(1)</script><img src=x onerror=alert(1)>',
  '@everyone #12 GH-34 owner/repo#5 https://evil.example www.evil.example ftp://evil.example mailto:a@evil.example',
  '[x](javascript:alert(1)) ![i](https://evil.example/i.png) <https://evil.example> [r]: https://evil.example',
  '\u202egnp.exe\u202c a\u200bb \u0007\u001b[31mred\u001b[0m \u2028 \ud800 \ufffe \u{e0041}',
  ']]> <!-- --> --> " \' \\ | * _ ~~gone~~ **bold** $x$ ${{ secrets.X }} %0A &amp; &#64;',
  '::error file=a::gotcha',
  '::stop-commands::x',
  '``` ```` `',
  '# heading',
  '> quote',
  '- list',
].join('\n');

/** The whole run, its models having written that at the end of everything they wrote. */
export function hostileRun(): ReportSource {
  return wholeRun((text) => `${text}\n${HOSTILE}`);
}
