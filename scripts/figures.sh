#!/usr/bin/env bash
# Writes the figures that README and docs quote, each with its command, to docs/figures/. It takes some minutes, recipes about an hour, and times only mean something on a quiet machine.
# Usage: scripts/figures.sh [NAME...]     NAME: compare nano-eval alignment aot inspect int4 gateway nano-size recipes. Without any, all of them.
# MNIST is taken from TINYQUANT_DATA or ../shared/data/mnist, the golden models from TINYQUANT_GOLDEN or ../shared. ./bench.sh writes the rest, bench/results.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

case "${1:-}" in
  -h | --help)
    sed -n '2,4s/^# //p' "$0"
    exit 0
    ;;
esac

require_dotnet
require_linker
use_shared_data
use_shared_golden
rid=$(host_rid)
tool=artifacts/bin/TinyQuant.Tool/release/tinyquant
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
all="compare nano-eval alignment aot inspect int4 gateway nano-size recipes"
for name in "$@"; do
  [[ " $all " == *" $name "* ]] || fail 2 "'$name' is no figure; expected some of: $all."
done
wanted=" ${*:-$all} "
mkdir -p docs/figures

wants() { [[ $wanted == *" $1 "* ]]; }

# figure NAME COMMAND... : the command as a reader would type it, and what it prints, without this machine's paths and what progress leaves
figure() {
  local name=$1 head=
  shift
  echo "$name ..."
  [ "$name" != inspect ] || head=' | head -n 3' # the drawings that follow are long
  {
    echo "\$ ${*//$temp\//}$head"
    "$@" | if [ -n "$head" ]; then sed -n 1,3p; else cat; fi |
      sed -E "/: +[0-9]+%$/d; /^epoch +[0-9]/d; /^TINYQUANT_DATA: /d; /^(Build succeeded|    0 (Warning|Error)|Time Elapsed)/d; s|$temp/||g; s|$PWD/||g; s, from (directory|cache) .*,," | cat -s
    echo
  } >>"$temp/$name.txt"
}

keep() { mv "$temp/$1.txt" "docs/figures/$1.txt"; }

say "Build"
dotnet build src/TinyQuant.Tool -c Release --nologo -v quiet -clp:NoSummary
tinyquant() { "$tool" "$@"; }

if wants compare; then
  figure compare tinyquant compare
  keep compare
fi
if wants inspect; then
  [ -n "${TINYQUANT_GOLDEN:-}" ] || fail 2 "The golden models are missing: set TINYQUANT_GOLDEN to a folder with models/."
  for model in kws_ref_model ad01_int8 resnet8_int8 vww_96_int8; do
    cp "$TINYQUANT_GOLDEN/models/$model/model.tflite" "$temp/$model.tflite"
    figure inspect tinyquant inspect "$temp/$model.tflite"
  done
  keep inspect
fi
if wants int4; then
  figure int4 tinyquant quantize weights/mnist-cnn.fp32.tqm -o "$temp/mnist-cnn.int8.tqm"
  figure int4 tinyquant quantize weights/mnist-cnn.fp32.tqm --bits 4 -o "$temp/mnist-cnn.int4-trained-no-further.tqm"
  figure int4 tinyquant quantize weights/mnist-cnn.fp32.tqm --bits 4 --group 32 -o "$temp/mnist-cnn.int4-groups.tqm"
  figure int4 tinyquant quantize weights/mnist-cnn.fp32.tqm --bits 4 --qat 4 -o "$temp/mnist-cnn.int4.tqm"
  figure int4 tinyquant quantize weights/mnist-dscnn.fp32.tqm --bits 4 --group 32 --bias-correction -o "$temp/mnist-dscnn.int4-groups.tqm"
  keep int4
fi
if wants recipes; then
  for recipe in mnist-linear mnist-mlp "mnist-cnn --bits 4 --qat" mnist-dscnn fashion-linear fashion-mlp fashion-cnn fashion-dscnn sensor-autoencoder; do
    # shellcheck disable=SC2086 # a recipe and its options
    figure recipes tinyquant train $recipe --output "$temp/weights"
  done
  figure recipes tinyquant quantize "$temp/weights/fashion-dscnn.fp32.tqm" --equalize --bias-correction --method mse
  keep recipes
fi
if wants nano-eval; then
  publish_nano "$rid"
  tinyquant data --output "$temp/mnist"
  nano() { "artifacts/publish/$rid/nano" "$@"; }
  # AVX-VNNI takes half the time of AVX2, and no figure of the one should stand under the name of the other.
  file=nano-eval
  [ "$rid" != linux-x64 ] || has_instructions avx_vnni || file=nano-eval-avx2
  figure "$file" nano --eval "$temp/mnist"
  keep "$file"
fi
if wants nano-size; then
  sizes() { scripts/size.sh "$@" >/dev/null && cat "artifacts/size/$1.txt"; }
  figure nano-size sizes "$rid"
  sed -i "s|^[$] sizes.*|$ scripts/size.sh $rid|" "$temp/nano-size.txt"
  keep nano-size
fi
if wants alignment || wants aot; then
  publish_native bench/TinyQuant.Bench.Aot "$rid"
  TinyQuant.Bench.Aot() { "artifacts/publish/TinyQuant.Bench.Aot/release_$rid/TinyQuant.Bench.Aot" "$@"; }
fi
if wants alignment; then
  file=alignment
  [ "$rid" != linux-x64 ] || has_instructions avx_vnni || file=alignment-avx2
  figure "$file" TinyQuant.Bench.Aot --alignment
  keep "$file"
fi
if wants aot; then
  figure aot TinyQuant.Bench.Aot
  keep aot
fi
if wants gateway; then
  figure gateway samples/Gateway/soak.sh
  keep gateway
fi
ls -l docs/figures
