#!/usr/bin/env bash
# Runs the browser tests of the given files, or all; 77 (skipped) where there is no browser, Node.js or packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
: "${SAKUIN_CHROMIUM:=/usr/bin/chromium}" "${SAKUIN_MODULES:=$PWD/../../build/browser}"
export SAKUIN_CHROMIUM SAKUIN_MODULES
for need in "$SAKUIN_CHROMIUM" "$SAKUIN_MODULES/node_modules/playwright-core" "$SAKUIN_MODULES/node_modules/axe-core"; do
  if [[ ! -e "$need" ]]; then
    printf 'skipped: %s is missing; ./check installs it\n' "$need"
    exit 77
  fi
done
command -v node >/dev/null || { printf 'skipped: Node.js is missing; ./check installs it\n'; exit 77; }
[[ $# -gt 0 ]] || set -- *.test.mjs
exec node --test --test-reporter=spec "$@"
