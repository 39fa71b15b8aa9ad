#!/usr/bin/env bash
# Runs N random names from all of Unicode, 500 by default, through everything that prints names of strangers: generated code and
# its diagnostics, the command, the build's tasks, pages, headers, the gateway's log. Usage: scripts/fuzz-names.sh [N]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

case "${1:-}" in
  -h | --help)
    sed -n '2,3s/^# //p' "$0"
    exit 0
    ;;
esac
count=${1:-500}
[[ $count =~ ^[1-9][0-9]{0,5}$ && $# -le 1 ]] || fail 2 "fuzz-names.sh takes a number of names, or --help."
require_dotnet

for project in Model Import Export Report Generator Packages Gateway Tool; do
  TINYQUANT_FUZZ_NAMES=$count dotnet test "tests/TinyQuant.$project.Tests" -c Release --nologo -v quiet \
    --logger "console;verbosity=minimal" --filter "FullyQualifiedName~Hostile|FullyQualifiedName~Printable|FullyQualifiedName~strangers"
done
