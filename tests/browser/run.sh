#!/usr/bin/env bash
# A page of charts and a class in real browsers: bash tests/browser/run.sh [folder for screenshots]
# What it needs (node, Chromium, playwright-core) it installs where it can; where it cannot it says so and passes.
set -euo pipefail
cd "$(dirname "$0")/../.."
missing=()
command -v node >/dev/null && command -v npm >/dev/null || missing+=(nodejs npm)
[ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ] || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 || true
fi
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "skipped: node and npm are not installed and cannot be had here (apt-get install nodejs npm)"
  exit 0
fi
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
(cd "$box" && npm init -y >/dev/null && npm install --no-save playwright-core@1.65.1 axe-core@4 >/dev/null 2>&1) || true
export AXE_CORE="$box/node_modules/axe-core/axe.min.js"
export PLAYWRIGHT_CORE="$box/node_modules/playwright-core/index.mjs"
binary=target/release/summitry
[ -x "$binary" ] || binary=target/debug/summitry
[ -x "$binary" ] || cargo build
node tests/browser/report.mjs "$binary" "${1:-$box/shots}"
node tests/browser/class.mjs "$binary" "${1:-$box/shots}"
node tests/browser/console.mjs "$binary" "${1:-$box/shots}"
STUDENTS=60 TABLES=6 node tests/browser/console.mjs "$binary" "${1:-$box/shots}"
