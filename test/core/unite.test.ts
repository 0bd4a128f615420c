import { describe, expect, it } from 'vitest';
import type { Dismissal } from '../../src/core/dismissal.ts';
import type { RawFinding } from '../../src/core/raw-finding.ts';
import { unite } from '../../src/core/unite.ts';
import { begin, raise, raw } from './histories.ts';

const PLAN = '# Import\n\n1. Read the customers file.\n2. Insert each customer at once.\n';
const DEFECT = { title: 'No retry', body: 'One failure ends it.', quote: 'Insert each customer at once.' };

const GROUND = { plan: PLAN, births: [], ledger: new Map(), floor: 0.3, round: 1, dismissed: [] };

type Looks = readonly (readonly Partial<RawFinding>[])[];

function unitedOn(ground: Parameters<typeof unite>[1], ...looks: Looks): ReturnType<typeof unite> {
  return unite(
    looks.map((look) => look.map((finding) => raw({ ...DEFECT, ...finding }))),
    ground,
  );
}

/** What the looks come to together, each as what it raises. */
function united(...looks: Looks) {
  const { findings, seen } = unitedOn(GROUND, ...looks);
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

describe('a finding that several looks raise', () => {
  const mild = { body: 'It ends.', severity: 'medium', confidence: 0.5, materialization: 0.4 } as const;
  const bad = { severity: 'critical', confidence: 0.9, materialization: 0.8 } as const;
  const worst = { severity: 'critical', confidence: 0.9, materialization: 0.8 };

  it('has the words of the first, and the worst that any says of it', () => {
    expect(unitedOn(GROUND, [mild], [bad]).findings).toMatchObject([{ ...worst, body: 'It ends.' }]);
    expect(unitedOn(GROUND, [bad], [mild]).findings).toMatchObject([{ ...worst, body: DEFECT.body }]);
  });

  it('has the words of the one that leaves most to do about it', () => {
    expect(unitedOn(GROUND, [{ ...mild, materialization: 0.1 }], [bad]).findings).toMatchObject([
      { ...worst, gate: 'actionable', body: DEFECT.body },
    ]);
  });

  it('stays settled where it was before, however many raise it again', () => {
    const { ledger } = raise(begin(PLAN), 'handed-over', DEFECT);
    const gates = (...looks: Looks): string[] =>
      unitedOn({ ...GROUND, ledger, round: 2 }, ...looks).findings.map(({ id, gate }) => `${id} ${gate}`);

    expect(gates([{}], [{}])).toEqual(['F1 settled']);
    expect(gates([{ materialization: 0.1 }], [{}])).toEqual(['F1 settled']);
  });

  it('is not open again because one look has new evidence of it, and takes it for unlikely', () => {
    const { ledger } = raise(begin(PLAN), 'handed-over', DEFECT);
    const news = { severity: 'critical', instance: 'The disk is full.', materialization: 0.1 } as const;

    expect(unitedOn({ ...GROUND, ledger, round: 2 }, [news], [{}]).findings).toMatchObject([
      { id: 'F1', gate: 'unlikely' },
    ]);
  });

  it('stays dismissed where the user settled it for good', () => {
    const dismissal: Dismissal = {
      ...DEFECT,
      section: ['Import'],
      kind: 'other',
      because: 'The import is run again at night.',
      at: '2026-01-01T00:00:00.000Z',
      from: { run: 'import-20260101T000000Z', finding: 'F1' },
    };

    expect(unitedOn({ ...GROUND, dismissed: [dismissal] }, [{}], [{}]).findings).toMatchObject([
      { id: 'F1', gate: 'dismissed' },
    ]);
  });
});
