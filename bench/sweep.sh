#!/usr/bin/env bash
# Measures single layers from 1 K to 10 M multiply-accumulates with each instruction set that this processor has, and
# writes docs/sweep-PROCESSOR.png and bench/results/sweep-PROCESSOR.md. What ./bench.sh --sweep calls.
#
# Usage: bench/sweep.sh [--quick] [--help]
#
#   --quick   fewer runs, and the results in artifacts/bench/results: to see that it works, not for figures
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

alternations=5
rounds=51
pictures=docs
results=bench/results
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help)
      sed -n '2,7s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    --quick)
      alternations=1
      rounds=11
      pictures=artifacts/bench/results
      results=artifacts/bench/results
      ;;
    *) fail 2 "bench/sweep.sh: '$1' is no option; --help shows what is expected." ;;
  esac
  shift
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
require_dotnet
require_linker
rid=$(host_rid)
out=$PWD/artifacts/bench/sweep
rm -rf "$out"
mkdir -p "$out/runs"

# publish NAME [MSBUILD ARGUMENT...] : to artifacts/bench/sweep/NAME
publish() {
  local name=$1
  shift
  echo "$name ..."
  publish_native bench/TinyQuant.Bench.Sweep "$rid" -p:PublishDir="$out/$name/" "$@"
}

say "Publish"
dotnet build bench/TinyQuant.Bench.Plot -c Release --nologo -v quiet -clp:NoSummary
programs=(aot)
publish aot
if [ "$rid" = linux-x64 ]; then
  programs+=(v2) # SSE4.1
  publish v2 -p:IlcInstructionSet=x86-64-v2
fi
# Programs of NativeAOT take AVX-VNNI where there is one and cannot be told not to, so AVX2 is measured under the JIT there.
if grep -qw avx_vnni /proc/cpuinfo; then
  programs+=(avx2)
  publish avx2 -p:PublishAot=false --self-contained false
fi

say "Layers, in turns"
for ((i = 1; i <= alternations; i++)); do
  for program in "${programs[@]}"; do
    echo "$program, run $i of $alternations"
    env DOTNET_EnableAVXVNNI=0 DOTNET_EnableAVX512=0 \
      "$out/$program/TinyQuant.Bench.Sweep" --rounds "$rounds" --json "$out/runs/$program.$i.json" >"$out/$program.$i.txt"
  done
done

say "Picture and tables"
artifacts/bin/TinyQuant.Bench.Plot/release/TinyQuant.Bench.Plot "$out/runs" "$pictures" "$results"
