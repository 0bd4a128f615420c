#!/usr/bin/env bash
# Makes the program of this checkout ready to run. One that is built already is taken as it is.
set -euo pipefail

cd "$GITHUB_ACTION_PATH"
if [[ ! -f dist/main.js ]]; then
  npm ci --ignore-scripts --no-audit --no-fund
  npm run -s build
fi
node dist/main.js --version
