#!/usr/bin/env bash
# Downloads ONNX's own tests of operators (onnx/onnx, Apache License 2.0), a folder each, and prints where they are.
#
# Usage: scripts/fetch-onnx-tests.sh [DIRECTORY]
#
#   DIRECTORY  where the repository's files are written; by default the user's cache
#
# TINYQUANT_ONNX_NODES, set to what is printed, makes ./test.sh run them.
set -euo pipefail
. "$(dirname "$0")/common.sh"

commit=bd3ce9a34c471a9f64b1f06ade2115cd79aa59e5
data=onnx/backend/test/data/node
case "${1:-}" in
  -h | --help)
    sed -n '2,8s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  -*) fail 2 "fetch-onnx-tests.sh takes a directory; expected no '$1'." ;;
esac

directory=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/tinyquant/onnx}
if [ ! -d "$directory/$data" ]; then
  # Whole or not at all: under another name until all is there.
  part="$directory.part.$$"
  trap 'rm -rf "$part"' EXIT
  git init -q "$part"
  git -C "$part" sparse-checkout set "$data" >&2
  git -C "$part" fetch -q --depth 1 --filter=blob:none https://github.com/onnx/onnx.git "$commit" >&2
  git -C "$part" checkout -q "$commit" >&2
  rm -rf "$directory"
  mv "$part" "$directory"
fi

echo "$directory/$data"
