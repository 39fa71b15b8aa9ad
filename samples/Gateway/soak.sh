#!/usr/bin/env bash
# The gateway's long run: 2,000 messages a second for 60 s, then a flood of ten times that, then a restart of the broker,
# on two processors, with a real Mosquitto. Prints what was sent, received, dropped, scored, and the peak memory.
# Usage: samples/Gateway/soak.sh [--rate N] [--seconds S] [--flood-rate N] [--flood-seconds S]
# Exit codes: 0 nothing was lost that was accepted, 1 something was, 2 wrong arguments, 3 something to run it is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/common.sh

require_dotnet
require_linker
scripts/gateway.sh
dotnet build tests/TinyQuant.Gateway.Soak -c Release --nologo -v quiet -clp:NoSummary
pin=()
command -v taskset >/dev/null && [ "$(nproc)" -gt 2 ] && pin=(taskset -c 0,1)
exec "${pin[@]}" artifacts/bin/TinyQuant.Gateway.Soak/release/TinyQuant.Gateway.Soak "$@"
