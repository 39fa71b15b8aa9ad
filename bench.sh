#!/usr/bin/env bash
# Measures TinyQuant against ONNX Runtime and ML.NET on the models of MLPerf Tiny and others, and writes
# bench/results/PROCESSOR.md and .json: times of one thread, start to first inference, memory, deployed bytes.
#
# Usage: ./bench.sh [--quick] [--help]
#        ./bench.sh --sweep [--quick]
#        ./bench.sh --operators [--quick] [OPERATOR...]
#
#   --quick      fewer and shorter runs, and the results in artifacts/bench/results: to see that it works, not for figures
#   --sweep      single layers of all sizes instead, by each instruction set: docs/sweep-PROCESSOR.png and a table of it
#   --operators  every operator beside a copy of its bytes instead, or those that are named; printed, not written
#
# The models are those of TINYQUANT_GOLDEN (a folder with models/), of ../shared, or what scripts/fetch-models.sh
# downloaded. Leave the machine alone while it runs: all programs take turns, but a quiet machine is better still.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/common.sh

alternations=5
rounds=101
starts=41
results=bench/results
sweep=()
quick=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help)
      sed -n '2,14s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    --quick)
      alternations=2
      rounds=21
      starts=7
      results=artifacts/bench/results
      quick=(--quick)
      ;;
    --sweep) sweep=(bench/sweep.sh) ;;
    --operators)
      shift
      exec bench/operators.sh "${quick[@]}" "$@"
      ;;
    *) fail 2 "bench.sh: '$1' is no option; --help shows what is expected." ;;
  esac
  shift
done
[ ${#sweep[@]} = 0 ] || exec "${sweep[@]}" "${quick[@]}"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
require_dotnet
require_linker
rid=$(host_rid)
use_shared_golden
golden=${TINYQUANT_GOLDEN:-$(model_cache)}
[ -d "$golden/models/kws_ref_model" ] || fail 3 \
  "There are no models in $golden/models. Run scripts/fetch-models.sh, which downloads them, or set TINYQUANT_GOLDEN."

out=$PWD/artifacts/bench
models=$out/models
rm -rf "$out"
mkdir -p "$out/runs"

# publish NAME PROJECT [MSBUILD ARGUMENT...] : to artifacts/bench/NAME
publish() {
  local name=$1 project=$2
  shift 2
  echo "$name ..."
  publish_native "bench/$project" "$rid" -p:BenchModels="$models" -p:PublishDir="$out/$name/" "$@"
}

# deployed DIRECTORY [FILE...] : bytes of what a user would copy. ONNX Runtime's package adds its Windows libraries on
# every system; nobody needs them there, so they do not count.
deployed() {
  local directory=$1
  shift
  find "$directory" "$@" -type f ! -name '*.dbg' ! -name '*.pdb' ! -name '*.xml' ! -name 'onnxruntime*.dll' -printf '%s\n' | awk '{ sum += $1 } END { print sum }'
}

say "Models of $golden"
dotnet build bench/TinyQuant.Bench.Prepare -c Release --nologo -v quiet -clp:NoSummary
dotnet build bench/TinyQuant.Bench.Report -c Release --nologo -v quiet -clp:NoSummary
artifacts/bin/TinyQuant.Bench.Prepare/release/TinyQuant.Bench.Prepare "$golden" weights "$models"

say "Publish"
publish aot TinyQuant.Bench.Models
if [ "$rid" = linux-x64 ]; then
  publish v2 TinyQuant.Bench.Models -p:IlcInstructionSet=x86-64-v2
fi
publish jit TinyQuant.Bench.Models -p:PublishAot=false --self-contained false
publish ort TinyQuant.Bench.OnnxRuntime --self-contained false
publish start TinyQuant.Bench.Start
publish start-ort-jit TinyQuant.Bench.Start.OnnxRuntime --self-contained false
publish start-ort-aot TinyQuant.Bench.Start.OnnxRuntime -p:PublishAot=true

# run NAME PROGRAM NUMBER
run() {
  echo "$1, run $3 of $alternations"
  "$out/$1/$2" "$models" --rounds "$rounds" --json "$out/runs/$1.$3.json" >"$out/runs/$1.$3.txt"
}

say "Models, in turns"
for ((i = 1; i <= alternations; i++)); do
  run aot TinyQuant.Bench.Models "$i"
  run ort TinyQuant.Bench.OnnxRuntime "$i"
  run jit TinyQuant.Bench.Models "$i"
  [ ! -d "$out/v2" ] || run v2 TinyQuant.Bench.Models "$i"
done

say "Start to first inference, in turns"
onnx=$models/kws.int8.onnx
report=artifacts/bin/TinyQuant.Bench.Report/release/TinyQuant.Bench.Report
"$report" start "$out/start.json" "$starts" \
  "TinyQuant, NativeAOT=$(deployed "$out/start")=$out/start/TinyQuant.Bench.Start" "$models/kws.int8.bin" -- \
  "ONNX Runtime, JIT=$(deployed "$out/start-ort-jit" "$onnx")=$out/start-ort-jit/TinyQuant.Bench.Start.OnnxRuntime" "$models/kws.int8.onnx.bin" "$onnx" -- \
  "ONNX Runtime, NativeAOT=$(deployed "$out/start-ort-aot" "$onnx")=$out/start-ort-aot/TinyQuant.Bench.Start.OnnxRuntime" "$models/kws.int8.onnx.bin" "$onnx"

say "Report"
"$report" report "$out/runs" "$out/start.json" "$results"
