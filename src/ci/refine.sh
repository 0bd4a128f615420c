#!/usr/bin/env bash
# Reviews or refines each plan, writes its reports, and ends with the code that decides over the job: 0, or 1 where a plan is
# not good enough, or the code of what kept it from being looked at, which is never taken for a verdict.
set -euo pipefail

cd "$GITHUB_WORKSPACE"
program=(node "$GITHUB_ACTION_PATH/dist/main.js")
place="$RUNNER_TEMP/refine-plan"
reports="$place/reports"
state="$place/state"
mkdir -p "$reports" "$state"

# The runner signals this shell alone. The program is told, and given the time to leave its run fit to be resumed.
child=
stopped=0
stop() {
  stopped=1
  if [[ -n "$child" ]]; then kill -TERM "$child" 2>/dev/null || true; fi
}
trap stop INT TERM

attend() {
  "$@" &
  child=$!
  local code
  while true; do
    code=0
    wait "$child" || code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  child=
  return "$code"
}

# codex-action writes where its proxy listens into codex's own settings, so these have to be read. Nothing else is in them.
agent_config() {
  if [[ "$AGENT_CONFIG" != auto ]]; then
    printf '%s' "$AGENT_CONFIG"
  elif grep -qs '^model_provider = "codex-action-responses-proxy"' "${CODEX_HOME:-$HOME/.codex}/config.toml"; then
    printf user
  else
    printf isolated
  fi
}

args=(--state-root "$state" --unattended --agent-config "$(agent_config)")
with() {
  if [[ -n "$2" ]]; then args+=("$1" "$2"); fi
}
with --confidence-floor "$CONFIDENCE_FLOOR"
with --reviewer "$REVIEWER"
with --max-calls "$MAX_CALLS"
with --max-minutes "$MAX_MINUTES"
case "$COMMAND" in
  review)
    args+=(--fail-on "$FAIL_ON")
    ;;
  run)
    with --implementer "$IMPLEMENTER"
    with --max-rounds "$MAX_ROUNDS"
    args+=(--take-lock)
    if ! git config user.email >/dev/null; then
      export GIT_AUTHOR_NAME="$GIT_NAME" GIT_AUTHOR_EMAIL="$GIT_EMAIL"
      export GIT_COMMITTER_NAME="$GIT_NAME" GIT_COMMITTER_EMAIL="$GIT_EMAIL"
    fi
    ;;
  *)
    printf '::error title=refine-plan::The input "command" takes review, run or plans.\n'
    exit 2
    ;;
esac
case "$REPORT_ON" in
  critical | high | medium | low) ;;
  *)
    printf '::error title=refine-plan::The input "report-on" takes critical, high, medium or low.\n'
    exit 2
    ;;
esac
while IFS= read -r line; do
  if [[ -n "$line" ]]; then args+=("$line"); fi
done <<<"$ARGS"

# A name for files: what is safe of the plan's own, and enough of a digest to tell two apart.
file_name() {
  node -e '
    const { createHash } = require("node:crypto");
    const [plan] = process.argv.slice(1);
    const slug = plan.replace(/^.*\//s, "").replace(/\.md$/, "").replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 60);
    process.stdout.write(`${slug}-${createHash("sha256").update(plan).digest("hex").slice(0, 8)}`);
  ' "$1"
}

tell() {
  # Annotations are commands to the runner on standard output; the summary is appended to that of the step.
  "${program[@]}" report --format github --report-on "$REPORT_ON" --state-root "$state" -- "$1" || true
  "${program[@]}" report --format sarif --report-on "$REPORT_ON" --state-root "$state" --output "$2.sarif" -- "$1" || true
}

worst=0
refine() {
  local plan="$1" base code=0
  base="$reports/$(file_name "$plan")"
  attend "${program[@]}" "$COMMAND" "${args[@]}" --report "$base.html" --report "$base.md" --report "$base.json" \
    -- "$plan" || code=$?
  # A report of this very run is there, or there was none to tell of.
  if [[ -f "$base.json" ]]; then tell "$plan" "$base"; fi
  if [[ "$COMMAND" == run && "$FAIL_ON" == none && "$code" == 1 ]]; then code=0; fi
  if ((code > 1)); then
    printf '::error title=refine-plan::A plan was not judged (exit code %d). The log of this step says why.\n' "$code"
  fi
  if ((code > worst)); then worst=$code; fi
}

plans=()
while IFS= read -r -d '' plan; do plans+=("$plan"); done < <(
  node -e 'process.stdout.write(JSON.parse(process.env.PLANS).map((plan) => `${plan}\0`).join(""))'
)
if ((${#plans[@]} == 0)); then printf '::notice title=refine-plan::No plan is changed, so none was looked at.\n'; fi
for plan in "${plans[@]}"; do
  if ((stopped)); then break; fi
  refine "$plan"
done
if ((stopped && worst == 0)); then worst=143; fi

{
  printf 'exit-code=%d\n' "$worst"
  printf 'reports=%s\n' "$reports"
  printf 'state=%s\n' "$state"
} >>"$GITHUB_OUTPUT"
exit "$worst"
