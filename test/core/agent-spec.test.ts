import { describe, expect, it } from 'vitest';
import { agentName, parseAgentSpec } from '../../src/core/agent-spec.ts';

describe('an agent', () => {
  it.each([
    ['codex', { kind: 'codex', model: null, effort: null }],
    ['claude', { kind: 'claude', model: null, effort: null }],
    ['codex:gpt-5.6-sol', { kind: 'codex', model: 'gpt-5.6-sol', effort: null }],
    ['codex:gpt-5.6-sol:high', { kind: 'codex', model: 'gpt-5.6-sol', effort: 'high' }],
    ['codex::high', { kind: 'codex', model: null, effort: 'high' }],
    ['codex:', { kind: 'codex', model: null, effort: null }],
    ['claude:opus[1m]', { kind: 'claude', model: 'opus[1m]', effort: null }],
    ['claude:vendor/model_2.1', { kind: 'claude', model: 'vendor/model_2.1', effort: null }],
    ['cmd:./review.sh --fast: "a b"', { kind: 'cmd', command: './review.sh --fast: "a b"' }],
    ['cmd: review ', { kind: 'cmd', command: 'review' }],
  ])('is read: %j', (text, spec) => {
    expect(parseAgentSpec(text)).toEqual(spec);
  });

  it.each([
    '',
    'gpt-5',
    'Codex',
    ' codex',
    'codex:a:b:c',
    'codex:a b',
    'codex:$(id)',
    'claude:--yolo',
    'codex:m:very-high',
    'cmd',
    'cmd:',
    'cmd:  ',
    'cmd:a\0b',
  ])('is refused: %j', (text) => {
    expect(parseAgentSpec(text)).toBeUndefined();
  });

  it('has the name a person reads', () => {
    expect(agentName({ kind: 'codex', model: 'm', effort: 'high' })).toBe('codex');
    expect(agentName({ kind: 'cmd', command: 'secret --token' })).toBe('cmd');
  });
});
