#!/usr/bin/env bash
# From a data set to a native binary: trains, quantizes, bakes, publishes, runs, compares. Takes about three minutes.
# Writes below artifacts/ only. Exit code: 0 done, 3 something is missing that could not be installed.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/common.sh

case "${1:-}" in
  "") ;;
  -h | --help)
    sed -n '2,3s/^# //p' "$0"
    exit 0
    ;;
  *) fail 2 "demo.sh takes no arguments but --help." ;;
esac

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
rid=$(host_rid)
demo=artifacts/demo

say "What this needs"
require_dotnet
require_linker
use_shared_data
echo ".NET SDK $(dotnet --version), $rid, $(command -v clang || command -v gcc)"

say "Build the tinyquant command"
dotnet build src/TinyQuant.Tool -c Release --nologo -v quiet -clp:NoSummary
tinyquant=artifacts/bin/TinyQuant.Tool/release/tinyquant

say "Train and quantize"
rm -rf "$demo"
"$tinyquant" train auto --output "$demo"
name=$(basename "$(ls "$demo"/*.int8.tqm)" .int8.tqm)
data_set=$(sed -n 's:^metric accuracy [^ ]* \([^/]*\)/.*:\1:p' "$demo/$name.int8.tqm")
if [ "$data_set" != mnist ]; then
  printf '\nNo MNIST could be had, so this demo goes on with %s. Its accuracy is not comparable with MNIST.\n' "$data_set"
fi
"$tinyquant" data --data-set "$data_set" --output "$demo/data"

say "Publish samples/Nano with NativeAOT"
models=(-p:ModelDirectory="$PWD/$demo/" -p:ModelName="$name")
scripts/size.sh "$rid" "${models[@]}"
nano=artifacts/publish/$rid/nano
ls -l "$nano"

say "nano --self-test"
"$nano" --self-test

say "nano --eval"
"$nano" --eval "$demo/data"

say "The original report's table"
"$tinyquant" compare --models "$demo" --name "$name" --json "$demo/compare.json"

say "What a model costs: IL assembly and NativeAOT binary"
cat "artifacts/size/$rid.txt"
