#!/usr/bin/env bash
# What a model adds to a build: compiles a small program with and without it, in turns, and prints the medians.
# Usage: bench/build-cost.sh MODEL.tqm [ROUNDS]
set -euo pipefail
case "${1:-}" in
  "" | -h | --help)
    sed -n '2,3s/^# //p' "$0"
    exit $([ -n "${1:-}" ] && echo 0 || echo 2)
    ;;
esac
[ -f "$1" ] || { echo "build-cost.sh: there is no file '$1'." >&2; exit 2; }
model=$(readlink -f "$1")
rounds=${2:-5}
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/common.sh"
work=$(private_folder)
trap 'rm -rf "$work"' EXIT

# project NAME SOURCE MODEL-ITEM
project() {
  mkdir -p "$work/$1"
  cat >"$work/$1/$1.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="$root/artifacts/bin/TinyQuant.Runtime/release/TinyQuant.Runtime.dll" />
    <Analyzer Include="$root/artifacts/bin/TinyQuant.Generator/release/TinyQuant.Generator.dll" />
    <Analyzer Include="$root/artifacts/bin/TinyQuant.Generator/release/TinyQuant.Model.dll" />
    $3
  </ItemGroup>
</Project>
EOF
  printf '%s\n' "$2" >"$work/$1/Program.cs"
  dotnet restore "$work/$1" -v quiet >/dev/null
}

# seconds NAME : one whole build, the compiler as a process of its own
seconds() {
  local start end
  touch "$work/$1/Program.cs"
  start=$(date +%s.%N)
  dotnet build "$work/$1" --no-restore --no-incremental --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=false -nodeReuse:false >/dev/null
  end=$(date +%s.%N)
  awk "BEGIN { print $end - $start }"
}

dotnet build "$root/src/TinyQuant.Generator" -c Release --nologo -v quiet -clp:NoSummary >/dev/null
dotnet build "$root/src/TinyQuant.Runtime" -c Release --nologo -v quiet -clp:NoSummary >/dev/null
project without 'Console.WriteLine(1);' ''
project with "Console.WriteLine(Model.ArenaBytes);
[TinyQuant.QuantizedModel(\"$(basename "$model")\")] internal sealed partial class Model;" "<AdditionalFiles Include=\"$model\" />"
seconds without >/dev/null
seconds with >/dev/null
for ((i = 0; i < rounds; i++)); do
  seconds without >>"$work/without.txt"
  seconds with >>"$work/with.txt"
done
median() { sort -n "$1" | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
without=$(median "$work/without.txt")
with=$(median "$work/with.txt")
printf '%s, %s bytes of text: build %.2f s without, %.2f s with, %.2f s more (medians of %d)\n' \
  "$(basename "$model")" "$(stat -c %s "$model")" "$without" "$with" "$(awk "BEGIN { print $with - $without }")" "$rounds"
