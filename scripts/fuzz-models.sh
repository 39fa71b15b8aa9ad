#!/usr/bin/env bash
# Imports and inspects N model files of up to 1 MB that were made to take much, 100,000 by default, in a heap of 512 MB and within 5 s
# of processor time each, from a seed on that each run draws anew; then builds those of which the C# compiler gets most, each in a heap of
# 2 GB and within 60 s, for which nothing else should run. A failure says how to repeat it. Usage: scripts/fuzz-models.sh [N [SEED]]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh

case "${1:-}" in
  -h | --help)
    sed -n '2,4s/^# //p' "$0"
    exit 0
    ;;
esac
count=${1:-100000}
seed=${2:-$(((RANDOM * 32768 + RANDOM) % 1000000000))}
[[ $count =~ ^[1-9][0-9]{0,8}$ && $seed =~ ^[0-9]{1,9}$ && $# -le 2 ]] || fail 2 "fuzz-models.sh takes a number of files and a seed, or --help."
require_dotnet

part=10000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet build tests/TinyQuant.Evaluation.Tests -c Release --nologo -v quiet -clp:NoSummary
for ((done = 0; done < count; done += part)); do
  # A file that needs more than the heap ends the run with an exception that names its seed, or the process.
  TINYQUANT_FUZZ_FILES=$((count - done < part ? count - done : part)) TINYQUANT_FUZZ_SEED=$((seed + done)) TINYQUANT_FUZZ_FOLDER=$folder \
    DOTNET_GCHeapHardLimit=20000000 dotnet test tests/TinyQuant.Evaluation.Tests -c Release --no-build --nologo -v quiet \
    --logger "console;verbosity=detailed" --filter "FullyQualifiedName~HostileFileTests" >"$folder/log" 2>&1 || {
    cat "$folder/log"
    fail 1 "A file of the $part from seed $((seed + done)) on went wrong, as said above."
  }
  grep -E "files from seed|most allocated" "$folder/log"
done

say "Build those of which the compiler gets most"
mkdir "$folder/project"
cat >"$folder/project/hostile.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <UseSharedCompilation>false</UseSharedCompilation>
  </PropertyGroup>
  <ItemGroup>
    <AdditionalFiles Include="model.tqm" />
    <Analyzer Include="$PWD/artifacts/bin/TinyQuant.Generator/release/TinyQuant.Generator.dll" />
    <Analyzer Include="$PWD/artifacts/bin/TinyQuant.Generator/release/TinyQuant.Model.dll" />
    <Reference Include="$PWD/artifacts/bin/TinyQuant.Runtime/release/TinyQuant.Runtime.dll" />
  </ItemGroup>
</Project>
PROJECT
echo '[TinyQuant.QuantizedModel("model.tqm")] public sealed partial class Model;' >"$folder/project/Model.cs"
dotnet restore "$folder/project" -v quiet
find "$folder" -maxdepth 1 -name '*.tqm' | sort -r | head -5 | while read -r model; do
  cp "$model" "$folder/project/model.tqm"
  SECONDS=0
  DOTNET_GCHeapHardLimit=80000000 timeout 60 dotnet build "$folder/project" -c Release --no-restore --no-incremental --nologo -v quiet -nodeReuse:false >"$folder/log" || {
    cat "$folder/log"
    cp "$model" artifacts/hostile.tqm
    fail 1 "The build failed, or took longer than 60 s: the model is kept as artifacts/hostile.tqm."
  }
  echo "$(stat -c %s "$model") bytes, $(grep -c '^op' "$model") operators: built in $SECONDS s"
done
