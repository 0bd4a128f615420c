import { stringify } from 'yaml';

/** Where the workflow is written, from the root of the repository. */
export const WORKFLOW_FILE = '.github/workflows/refine-plan.yml';

/** What a repository's workflow depends on: where this program is on GitHub, which files are plans, and a reviewer to be named. */
export type Gate = {
  readonly tool: string;
  /** What of it is used, where that is not the usual branch. */
  readonly ref?: string | undefined;
  readonly glob: string;
  readonly reviewer?: string | undefined;
};

/** A workflow that reviews the plans which a pull request changes. It is the example of docs/ci-github.md too. */
export function workflowText({ tool, ref, glob, reviewer }: Gate): string {
  const workflow = {
    name: 'Review plans',
    on: { pull_request: { paths: [pathsPattern(glob)] } },
    permissions: {},
    jobs: {
      plans: {
        uses: `${tool}/.github/workflows/review.yml@${ref ?? 'main'}`,
        permissions: { contents: 'read' },
        with: {
          'tool-repository': tool,
          ...(ref === undefined ? {} : { 'tool-ref': ref }),
          'plan-glob': asText(glob),
          ...(reviewer === undefined ? {} : { reviewer: asText(reviewer) }),
          'fail-on': 'high',
          'report-on': 'medium',
        },
        secrets: { 'openai-api-key': '${{ secrets.OPENAI_API_KEY }}' },
      },
    },
  };
  return `${HEAD}${stringify(workflow, { lineWidth: 0 })}`;
}

const HEAD = '# Reviews the plans that a pull request changes. Written by: refine-plan init --workflow\n';

/**
 * A glob of git as GitHub reads one. What GitHub cannot say becomes a `*`: the workflow may start for more than the plans, and
 * looks at none but those.
 */
function pathsPattern(glob: string): string {
  const named = glob.replace(/^(?:\.\/+)+/, '');
  return named.replace(/\\.|\$\{\{|\?|\[[!^]?\]?[^\]]*\]|[+!]/gs, (found) => {
    if (found.startsWith('\\')) return found;
    return found === '+' || found === '!' ? `\\${found}` : '*';
  });
}

/** A value in which GitHub finds no expression. */
function asText(value: string): string {
  return value.replaceAll('${{', "${{ '${{' }}");
}
