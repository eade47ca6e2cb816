#!/usr/bin/env bash
# A class in real browsers. What it needs it installs where it can; where it cannot it says so and passes.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then echo "skipped: no node"; exit 0; fi
if [ ! -x /usr/bin/chromium ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 || true
fi
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
(cd "$box" && npm init -y >/dev/null && npm install --no-save playwright-core@1.65.1 >/dev/null 2>&1) || true
export PLAYWRIGHT_CORE="$box/node_modules/playwright-core/index.mjs"
binary=target/release/summitry
[ -x "$binary" ] || binary=target/debug/summitry
[ -x "$binary" ] || cargo build
node tests/browser/class.mjs "$binary" "${1:-$box/shots}"
