#!/usr/bin/env bash
# Publishes samples/Nano without a model, with each, and with all three, and writes artifacts/size/RID.txt.
# Usage: scripts/size.sh RID [MSBUILD ARGUMENT...]     The full binary ends at artifacts/publish/RID/nano.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

rid=${1:?the runtime identifier, such as linux-x64}
shift
table=artifacts/size/$rid.txt
mkdir -p artifacts/size
rm -f "$table"

bytes() { stat -c %s "$1"; }

# row LABEL MODELS DIRECTORY
row() {
  local label=$1 models=$2 directory=$3
  shift 3
  echo "nano with $label ..."
  publish_nano "$rid" -p:NanoModels="$models" -p:PublishDir="$PWD/$directory/" "$@"
  local il native
  il=$(bytes "artifacts/obj/Nano/release_$rid/nano.dll")
  native=$(bytes "$directory/nano")
  : "${base_il:=$il}" "${base_native:=$native}"
  printf "%-28s %12d %10s %16d %10s\n" "$label" "$il" "+$((il - base_il))" "$native" "+$((native - base_native))" >>"$table"
}

printf "%-28s %12s %10s %16s %10s\n" "$rid, bytes" "IL assembly" "" "NativeAOT binary" "" >"$table"
row "no model" NONE "artifacts/size/$rid/none" "$@"
row "fp32" FP32 "artifacts/size/$rid/fp32" "$@"
row "dynamic" DYNAMIC "artifacts/size/$rid/dynamic" "$@"
row "int8" INT8 "artifacts/size/$rid/int8" "$@"
row "fp32, dynamic and int8" FP32+DYNAMIC+INT8 "artifacts/publish/$rid" "$@"
