import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { htmlReport } from '../../src/report/html/page.ts';
import { wholeRun } from './whole-run.ts';
it('x', () => {
  const s = wholeRun();
  console.log(
    [...s.run.ledger.values()]
      .map(
        (e) =>
          `${e.finding.id} ${e.status} ${e.handedOver?.because ?? ''} ${e.finding.gate} ${e.finding.anchor.lines?.start}`,
      )
      .join('\n'),
  );
  writeFileSync('/tmp/rep.html', htmlReport(s));
});
