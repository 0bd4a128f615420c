#!/usr/bin/env bash
# Packs the commits that a run made into one file, for a job that may push them. Without commits there is no file.
set -euo pipefail

cd "$GITHUB_WORKSPACE"
mkdir -p "$(dirname "$BUNDLE")"
if [[ "$(git rev-list --count "$BASE..HEAD")" == 0 ]]; then
  printf 'Nothing was committed.\n'
  exit 0
fi
git bundle create --quiet "$BUNDLE" "$BASE..HEAD"
git bundle list-heads "$BUNDLE"
