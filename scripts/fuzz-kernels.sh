#!/usr/bin/env bash
# Runs N random cases, 10,000 by default, of every public kernel between guard pages against plain loops, from a seed on that each run draws
# anew. A failure says how to repeat it. Usage: scripts/fuzz-kernels.sh [N [SEED]]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

case "${1:-}" in
  -h | --help)
    sed -n '2,3s/^# //p' "$0"
    exit 0
    ;;
esac
count=${1:-10000}
seed=${2:-$(((RANDOM * 32768 + RANDOM) % 1000000000))}
[[ $count =~ ^[1-9][0-9]{0,8}$ && $seed =~ ^[0-9]{1,9}$ && $# -le 2 ]] || fail 2 "fuzz-kernels.sh takes a number of cases and a seed, or --help."
require_dotnet

echo "$count cases of each kernel from seed $seed"
# A kernel that leaves its spans ends the process; the stack trace above its end names it.
TINYQUANT_FUZZ_CASES=$count TINYQUANT_FUZZ_SEED=$seed dotnet test tests/TinyQuant.Runtime.Tests -c Release --nologo -v quiet \
  --logger "console;verbosity=minimal" --filter "FullyQualifiedName~Geometry"
