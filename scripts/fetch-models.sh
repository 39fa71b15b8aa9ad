#!/usr/bin/env bash
# Downloads the models of the benchmark from their public repositories, each checked by its SHA-256.
#
# Usage: scripts/fetch-models.sh [--from BASE] [DIRECTORY]
#
#   DIRECTORY    where models/NAME/model.tflite are written; by default the user's cache, where ./bench.sh looks
#   --from BASE  a mirror: takes BASE/models/NAME/model.tflite in place of the addresses below (file:// is one, too)
#
# A file is written whole or not at all; one that is there already and right is not fetched again. Exit code 1 if a
# model could not be had. All models are under the Apache License 2.0:
#   https://github.com/mlcommons/tiny/blob/master/LICENSE
#   https://github.com/tensorflow/tflite-micro/blob/main/LICENSE
set -euo pipefail
. "$(dirname "$0")/common.sh"

tiny=https://raw.githubusercontent.com/mlcommons/tiny/4addd0fa08d216e20637637874e084895f289da4/benchmark/training
micro=https://raw.githubusercontent.com/tensorflow/tflite-micro/fddd3707a3c5733af4cb866f18650441e6712504/tensorflow/lite/micro

# name, SHA-256, address. kws_float is from mlcommons/tiny_results_v1.2; its path there is not known to this script.
models="
kws_ref_model     aeea436800704fce17b17292e4412630ad856e9d777c044c64ef748a880bd0ae $tiny/keyword_spotting/trained_models/kws_ref_model.tflite
ad01_int8         87cf24194ef93d1d9b11a591d805526b98008e351655d29883c825c9c106ba24 $tiny/anomaly_detection/trained_models/ad01_int8.tflite
resnet8_int8      3c002613d1b2475eb51dd78dfb85a546c8ae658dee71cf6ade43b022fe205415 $tiny/image_classification/trained_models/pretrainedResnet_quant.tflite
vww_96_int8       597a384c8c2c8a1276f04702f25013b7838f2f814f1ca7c174d295b73e3d6b7b $tiny/visual_wake_words/trained_models/vww_96_int8.tflite
micro_speech_int8 09e5e2a9dfb2d8ed78802bf18ce297bff54281a66ca18e0c23d69ca14f822a83 $micro/examples/micro_speech/models/micro_speech_quantized.tflite
kws_float         7c810e13900ef497485b9d8a773d8cdd3848e2c73e0ae38c83b5c76d94ef7ea6 -
ad01_fp32         c66636f4d7f8af8b10518e7be750a22c9d8d46ec97326b40b0d94c097e0aad9b $tiny/anomaly_detection/trained_models/ad01_fp32.tflite
resnet8_float32   b5c0046d6e0328b4956afd6baa29555a29b1f1c65bdd45aaed75b7cd484d9f79 $tiny/image_classification/trained_models/pretrainedResnet.tflite
vww_96_float      115bbc094d2119561320a21f01b6500a18bea8cc8589282ab007097bec8af38c $tiny/visual_wake_words/trained_models/vww_96_float.tflite
"

from=""
directory=""
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help)
      sed -n '2,13s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    --from)
      from=${2:-}
      [ -n "$from" ] || fail 2 "fetch-models.sh: --from takes the address of a mirror."
      shift 2
      ;;
    -*) fail 2 "fetch-models.sh: '$1' is no option; --help shows what is expected." ;;
    *)
      [ -z "$directory" ] || fail 2 "fetch-models.sh: expected one directory, not '$directory' and '$1'."
      directory=$1
      shift
      ;;
  esac
done
directory=${directory:-$(model_cache)}
command -v curl >/dev/null || fail 3 "curl is missing. Install it and start again: sudo apt-get install -y curl"

is_right() { [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$2" ]; }

temporary=""
trap 'rm -f "$temporary"' EXIT
missing=0
while read -r name sum address; do
  [ -n "$name" ] || continue
  target=$directory/models/$name/model.tflite
  if is_right "$target" "$sum"; then
    echo "$name: there already"
    continue
  fi
  [ -z "$from" ] || address=$from/models/$name/model.tflite
  if [ "$address" = - ]; then
    echo "$name: no address is known; put the file with SHA-256 $sum at $target, or do without: it is one row's float32 figure" >&2
    continue
  fi
  mkdir -p "$(dirname "$target")"
  temporary=$(mktemp "$(dirname "$target")/.model.XXXXXX")
  echo "$name: $address"
  if ! curl -fsSL --retry 2 --max-time 120 -o "$temporary" "$address"; then
    echo "$name: cannot be fetched" >&2
    missing=$((missing + 1))
  elif ! is_right "$temporary" "$sum"; then
    echo "$name: what came is not the model: its SHA-256 is $(sha256sum <"$temporary" | cut -d' ' -f1), expected $sum" >&2
    missing=$((missing + 1))
  else
    chmod 644 "$temporary"
    mv -f "$temporary" "$target"
  fi
  rm -f "$temporary"
done <<<"$models"
[ "$missing" = 0 ] || fail 1 "$missing of the models are missing in $directory."
echo "The models are in $directory/models."
