import { describe, expect, it } from 'vitest';
import type { RawFinding } from '../../src/core/raw-finding.ts';
import { unite } from '../../src/core/unite.ts';
import { raw } from './histories.ts';

const PLAN = '# Import\n\n1. Read the customers file.\n2. Insert each customer at once.\n';
const DEFECT = { title: 'No retry', body: 'One failure ends it.', quote: 'Insert each customer at once.' };

/** What the looks come to together, each as what it raises. */
function united(...looks: readonly (readonly Partial<RawFinding>[])[]) {
  const ground = { plan: PLAN, births: [], ledger: new Map(), floor: 0.3, round: 1, dismissed: [] };
  const { findings, seen } = unite(
    looks.map((look) => look.map((finding) => raw({ ...DEFECT, ...finding }))),
    ground,
  );
  return {
    findings: findings.map(({ id, gate }) => `${id} ${gate}`),
    places: findings.map(({ anchor }) => anchor.lines?.start),
    seen,
  };
}

describe('what several looks at the same bytes raise', () => {
  it('is one finding where they say the same', () => {
    expect(united([{}], [{}])).toEqual({
      findings: ['F1 actionable'],
      places: [4],
      seen: [['F1'], ['F1']],
    });
  });

  it('is two where one look says both', () => {
    expect(united([{}, {}]).findings).toEqual(['F1 actionable', 'F2 actionable']);
  });

  it('is unlikely only where none of them takes it for likely', () => {
    const unlikely = { materialization: 0.1 };

    expect(united([unlikely], [unlikely], [unlikely]).findings).toEqual(['F1 unlikely']);
    expect(united([unlikely], [{}], [unlikely]).findings).toEqual(['F1 actionable']);
    expect(united([{}], [unlikely]).findings).toEqual(['F1 actionable']);
  });

  it('is no void citation where another look quotes it right and takes it for unlikely', () => {
    const placed = { materialization: 0.1, quote: '', line_start: 4, line_end: 4 };
    const invented = { quote: 'nowhere in it at all' };

    expect(united([placed], [invented])).toMatchObject({ findings: ['F1 unlikely'] });
  });

  it('stands in the plan where one of them quotes it right', () => {
    const invented = { quote: 'nowhere in it at all' };

    expect(united([invented], [{}])).toMatchObject({ findings: ['F1 actionable'], places: [4] });
    expect(united([{}], [invented]).findings).toEqual(['F1 actionable', 'F2 void']);
  });
});
