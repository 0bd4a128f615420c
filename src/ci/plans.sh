#!/usr/bin/env bash
# Names the plans of this job: those that were given, one a line or as a JSON array; else those that the pull request, or the
# push, changes. Nothing of a name is ever read as shell: git ends names with NUL, and from there on they are JSON.
set -euo pipefail

cd "$GITHUB_WORKSPACE"

exec 3>&1
stop() {
  printf '::error title=refine-plan::%s\n' "$1" >&3
  exit 2
}

named() {
  node -e '
    const { PLANS: text = "" } = process.env;
    const lines = () => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    const plans = () => { try { return JSON.parse(text); } catch { return undefined; } };
    const given = plans();
    const names = Array.isArray(given) ? given.map(String) : lines();
    process.stdout.write(names.map((name) => `${name}\0`).join(""));
  '
}

base_of_event() {
  node -e '
    const event = JSON.parse(require("node:fs").readFileSync(process.env.GITHUB_EVENT_PATH, "utf8"));
    const base = event.pull_request?.base?.sha ?? event.merge_group?.base_sha ?? event.before ?? "";
    process.stdout.write(/^(?!0+$)[0-9a-f]{40,64}$/.test(base) ? base : "");
  '
}

changed() {
  local base from
  base="$(base_of_event)"
  [[ -n "$base" ]] || stop 'This event changes nothing that could be looked at. Name the plans with the input: plans'
  if ! git cat-file -e "$base^{commit}" 2>/dev/null; then
    git fetch --quiet --no-tags --depth=1 origin "$base" 2>/dev/null ||
      stop 'The commit before the change is not there. Check out with: fetch-depth: 0'
  fi
  from="$(git merge-base "$base" HEAD)" || from="$base"
  git diff --name-only --no-renames --no-ext-diff --diff-filter=ACM -z "$from" HEAD -- ":(top,glob)$PLAN_GLOB"
}

list="$(mktemp)"
trap 'rm -f "$list"' EXIT
if [[ -n "${PLANS//[[:space:]]/}" ]]; then named >"$list"; else changed >"$list"; fi

node -e '
  const { createHash } = require("node:crypto");
  const { appendFileSync, readFileSync } = require("node:fs");
  const plans = readFileSync(process.argv[1], "utf8").split("\0").filter((name) => name !== "");
  const id = (plan) => createHash("sha256").update(plan).digest("hex").slice(0, 12);
  const include = plans.map((plan) => ({ plan, id: id(plan) }));
  const outputs = { plans, matrix: { include }, count: plans.length };
  for (const [name, value] of Object.entries(outputs))
    appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${JSON.stringify(value)}\n`);
' "$list"
