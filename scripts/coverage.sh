#!/usr/bin/env bash
# Prints how many lines of each project below src/ the tests ran: of the Cobertura files below a folder, as ./test.sh leaves them in
# artifacts/coverage. A line that any of the test projects ran counts once. Usage: scripts/coverage.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

case "${1:-}" in
  -h | --help)
    sed -n '2,3s/^# //p' "$0"
    exit 0
    ;;
  -*) fail 2 "coverage.sh takes a folder, or --help." ;;
esac
folder=${1:-artifacts/coverage}
[ -d "$folder" ] || fail 2 "There is no folder $folder. Run ./test.sh, or" \
  "  dotnet test -c Release tests/TinyQuant.Model.Tests --settings tests/coverage.runsettings --results-directory $folder"
mapfile -d '' files < <(find "$folder" -name '*.cobertura.xml' -print0)
[ "${#files[@]}" -gt 0 ] || fail 1 "There is no *.cobertura.xml below $folder: no test run collected coverage."

# Each class says its file, and then its lines, twice: by method and all of them. Keys are project, file and line.
awk '
  function value(name,   at, rest) {
    at = index($0, " " name "=\"")
    if (!at) return ""
    rest = substr($0, at + length(name) + 3)
    return substr(rest, 1, index(rest, "\"") - 1)
  }
  /<class / {
    file = value("filename")
    project = ""
    at = index(file, "/src/TinyQuant.")
    if (at) {
      file = substr(file, at + 5)
      project = substr(file, 1, index(file, "/") - 1)
    }
  }
  /<line / && project != "" {
    key = file ":" value("number")
    if (!(key in hit)) {
      hit[key] = 0
      lines[project]++
    }
    if (!hit[key] && value("hits") + 0 > 0) {
      hit[key] = 1
      ran[project]++
    }
  }
  END {
    for (project in lines) {
      printf "%-22s %7d of %6d lines %6.1f %%\n", project, ran[project], lines[project], 100 * ran[project] / lines[project] | "LC_ALL=C sort"
      allRan += ran[project]
      all += lines[project]
    }
    close("LC_ALL=C sort")
    printf "%-22s %7d of %6d lines %6.1f %%\n", "all", allRan, all, all ? 100 * allRan / all : 0
  }
' "${files[@]}"
