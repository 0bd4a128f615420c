import type { Reporter, Vitest } from 'vitest/node';

/** Names every test that was left out, at the end: else a place that cannot run them looks like one where they passed. */
export class TellSkipped implements Reporter {
  #isPart = false;

  onInit({ config }: Vitest): void {
    this.#isPart = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: Parameters<NonNullable<Reporter['onTestRunEnd']>>[0]): void {
    const skipped = modules.flatMap(({ relativeModuleId, children }) =>
      [...children.allTests('skipped')].map(({ fullName }) => `${relativeModuleId} > ${fullName}`),
    );
    if (skipped.length > 0 && !this.#isPart)
      process.stdout.write(`${['SKIPPED', ...skipped].join('\n  ')}\n\n`);
  }
}

/** What vitest reports by itself, and that. */
export const REPORTERS = [
  'default',
  ...(process.env['GITHUB_ACTIONS'] ? ['github-actions'] : []),
  new TellSkipped(),
];
