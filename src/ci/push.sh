#!/usr/bin/env bash
# Brings the commits of every bundle into the branch that is checked out, and pushes it. A bundle comes from a job that worked
# on untrusted text, so each of its commits may touch the named plans and nothing else. Merging keeps the commits what they are: a run
# that is resumed knows them by that.
set -euo pipefail

cd "$GITHUB_WORKSPACE"

refuse() {
  printf '::error title=refine-plan::%s Nothing was pushed.\n' "$1"
  exit 1
}

# Each commit has one parent, and changes the named plans, as regular files, and no other file.
check() {
  local commit changed of_plans
  while IFS= read -r commit; do
    [[ "$(git rev-list --parents -n 1 "$commit" | wc -w)" -eq 2 ]] ||
      refuse 'A bundle holds a merge, or a commit without a parent.'
    changed="$(names "$commit")"
    of_plans="$(names "$commit" -- "${plans[@]}")"
    [[ "$changed" == "$of_plans" ]] || refuse 'A bundle holds a commit that changes more than the plans.'
    if git diff-tree -r --no-commit-id --no-renames --raw "$commit" |
      grep -qvE '^:(100644|100755|000000) (100644|100755) '; then
      refuse 'A bundle holds a commit that deletes a plan, or makes something else of it than a file.'
    fi
  done < <(git rev-list "HEAD..$1")
}

names() {
  git diff-tree -r --no-commit-id --no-renames --name-only "$@"
}

plans=()
while IFS= read -r -d '' plan; do plans+=(":(top,literal)$plan"); done < <(
  node -e 'process.stdout.write(JSON.parse(process.env.PLANS).map((plan) => `${plan}\0`).join(""))'
)
((${#plans[@]} > 0)) || refuse 'No plan is named.'

shopt -s nullglob
bundles=("$BUNDLES"/*.bundle "$BUNDLES"/*/*.bundle)
if ((${#bundles[@]} == 0)); then
  printf 'There are no commits to push.\n'
  exit 0
fi
export GIT_AUTHOR_NAME="$GIT_NAME" GIT_AUTHOR_EMAIL="$GIT_EMAIL"
export GIT_COMMITTER_NAME="$GIT_NAME" GIT_COMMITTER_EMAIL="$GIT_EMAIL"
for bundle in "${bundles[@]}"; do
  git bundle verify --quiet "$bundle" || refuse 'A bundle does not fit the branch.'
  git -c fetch.fsckObjects=true fetch --quiet --no-tags "$bundle" HEAD
  head="$(git rev-parse FETCH_HEAD)"
  check "$head"
  git merge --quiet --no-edit -m 'docs(plans): bring in refined plans' "$head" ||
    refuse 'The branch has changed the same plan meanwhile.'
done
git push origin "HEAD:refs/heads/$BRANCH"
