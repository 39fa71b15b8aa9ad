#!/usr/bin/env bash
# Times every operator as generated code beside a copy of the bytes that it reads. What ./bench.sh --operators calls.
#
# Usage: bench/operators.sh [--quick] [OPERATOR...] [--help]
#
#   --quick   fewer runs: to see that it works, not for figures
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

case ${1-} in
  -h | --help)
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
require_dotnet
dotnet build bench/TinyQuant.Bench.Operators -c Release --nologo -v quiet -clp:NoSummary
# What ships for x86-64 does not use AVX-512.
exec env DOTNET_EnableAVX512=0 artifacts/bin/TinyQuant.Bench.Operators/release/TinyQuant.Bench.Operators "$@"
