#!/usr/bin/env bash
# Builds everything, publishes the native binaries, tries the packages and runs every test. Ends with "N passed, N failed, N skipped".
# What needs MNIST, Fashion-MNIST, the golden models, recorded words, a browser or an arm64 emulator is skipped, with a message, where there is none.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/common.sh

case "${1:-}" in
  "") ;;
  -h | --help)
    sed -n '2,3s/^# //p' "$0"
    exit 0
    ;;
  *) fail 2 "test.sh takes no arguments but --help." ;;
esac

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 SNAPSHOOTER_STRICT_MODE=true
# One compiler for all projects and publishes: a new process for each spends most of its time getting warm. It is sent away in the end,
# unless it was there before: then it is an editor's, or another build's.
export UseSharedCompilation=true
had_compiler=$(pgrep -u "$(id -u)" -f VBCSCompiler || true)
# Most processes here end before code that was compiled to measure itself repays that.
export DOTNET_TieredPGO=0
# A method is compiled anew, optimized, after 512 calls in place of 30: there are many, most of them called a few hundred times.
export DOTNET_TC_CallCountThreshold=0x200
# A larger nursery and no collector beside the program: the compilers here make garbage by the gigabyte.
export DOTNET_GCgen0size=0x8000000 DOTNET_gcConcurrent=0
require_dotnet
require_linker
use_shared_data
use_shared_golden
use_shared_audio
rid=$(host_rid)
log=$(mktemp)
units=$(mktemp -d) # what the runs of single units print
shipped=$(mktemp)  # what is printed meanwhile about what ships
trap 'rm -rf "$log" "$units" "$shipped"; [ -n "$had_compiler" ] || dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true' EXIT

say "Build"
install_test_tools & # downloads while the compiler computes
tools=$!
# The build itself enforces style and analyzers; what it does not see is white space.
dotnet format whitespace . --folder --verify-no-changes --exclude artifacts &
format=$!
dotnet restore TinyQuant.sln -v quiet
dotnet build TinyQuant.sln -c Release --no-restore --nologo -v quiet -clp:NoSummary
wait "$format" || fail 1 "White space is not as .editorconfig has it: see above. Run dotnet format whitespace . --folder"

wait "$tools" || true
has_browser || echo "No browser: the tests of the report's pages are skipped. Install chromium-headless-shell."

# What ships: native binaries, the golden models compiled in, the packages; and the tests of it. It takes long and leaves a processor
# idle for much of that, in which the tests run that need none of it.
ship() {
  say "Publish the native binaries"
  publish_nano "$rid" -p:NanoModels=NONE -p:PublishDir="$PWD/artifacts/size/$rid/none/"
  publish_nano "$rid"
  publish_samples "$rid"
  scripts/gateway.sh
  if [ "$rid" = linux-x64 ]; then
    if has_cross_tools; then
      publish_nano linux-arm64 -p:LinkerFlavor=lld
      publish_native tests/TinyQuant.UnitCheck linux-arm64 -p:LinkerFlavor=lld \
        -p:PublishDir="$PWD/artifacts/publish-unitcheck/linux-arm64/"
    else
      echo "No cross tools: the arm64 tests are skipped. Install clang lld llvm gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static."
    fi
  fi

  if [ -n "${TINYQUANT_GOLDEN:-}" ]; then
    say "Compile the golden models in"
    artifacts/bin/TinyQuant.GoldenImport/release/TinyQuant.GoldenImport "$TINYQUANT_GOLDEN" "$PWD/artifacts/golden"
    publish_golden jit -p:PublishAot=false
    publish_golden "$rid" -r "$rid"
    if [ "$rid" = linux-x64 ] && has_cross_tools; then
      publish_golden linux-arm64 -r linux-arm64 -p:LinkerFlavor=lld
    fi
  else
    echo "No golden models: their tests are skipped. Set TINYQUANT_GOLDEN to a folder with models/ and operators/."
  fi

  scripts/try-packages.sh
  scripts/try-aspnet.sh
}

status=0

# run LABEL ARGUMENT... : dotnet test, its output shown and kept
run() {
  say "$1"
  shift
  dotnet test --nologo --logger "console;verbosity=minimal" "$@" 2>&1 | tee -a "$log" || status=1
}

rm -rf artifacts/coverage artifacts/compiled
# What operators' tests compile in memory, for the runs of single units, which call other kernels and run the same code.
export TINYQUANT_COMPILED=$PWD/artifacts/compiled
cover() {
  run "$@" --no-build -c Release -v quiet --settings tests/coverage.runsettings --results-directory artifacts/coverage
}
(
  log=/dev/null
  ship
  : >"$units/shipped"
  cover "Tests of the native binaries" tests/TinyQuant.Native.Tests
  [ $status != 0 ] || : >"$units/native"
) >"$shipped" 2>&1 &
shipping=$!
cover "Tests, while what ships is published (shown behind them)" TinyQuant.sln --filter "FullyQualifiedName!~TinyQuant.Native.Tests"

# as_unit INT8 FLOAT32 FOLDER [SWITCH=0...] : the kernels and the operators' sheets again, by units that this processor does not take
# where it has the choice, but for what every unit does alike. FOLDER has the outputs of their test projects. A test in each fails where another unit runs.
# Two at a time, since one alone leaves a processor idle for half of its time; what they print is shown in the end, in order.
as_unit() {
  local unit="$1;$2" name=$1 folder=$3 at
  at=$units/$(find "$units" -name '*.begun' | wc -l)
  shift 3
  : >"$at.begun"
  while [ "$(jobs -rp | grep -cvx "$shipping")" -ge 2 ]; do wait -n || true; done
  (
    export TINYQUANT_UNIT="$unit" "$@"
    log=/dev/null status=0
    run "Kernels with $name" "$folder/TinyQuant.Runtime.Tests/release/TinyQuant.Runtime.Tests.dll"
    run "Operators with $name" "$folder/TinyQuant.Evaluation.Tests/release/TinyQuant.Evaluation.Tests.dll" \
      --filter "(FullyQualifiedName~AskedUnit|FullyQualifiedName~Tests.Operators|FullyQualifiedName~OperatorCaseTests)&Units!=alike"
    [ $status != 0 ] || : >"$at.right"
  ) >"$at.begun" 2>&1 &
}

if [ "$rid" = linux-x64 ]; then
  if has_instructions avx2; then
    lay_emulated_vnni artifacts/emulated
    as_unit AVX-VNNI "AVX2 FMA" artifacts/emulated DOTNET_EnableAVX512=0
    if has_instructions avx_vnni; then
      as_unit AVX2 "AVX2 FMA" artifacts/bin DOTNET_EnableAVXVNNI=0 DOTNET_EnableAVX512=0
    else
      echo "No AVX-VNNI on this processor: all tests ran with AVX2 above, and with AVX-VNNI emulated."
    fi
    as_unit SSE4.1 Vector128 artifacts/bin DOTNET_EnableAVX2=0
  else
    echo "No AVX2 on this processor: AVX2, and AVX-VNNI emulated by it, are skipped."
  fi
  as_unit Vector128 Vector128 artifacts/bin DOTNET_EnableSSE42=0
elif has_instructions asimddp; then
  as_unit AdvSimd Vector128 artifacts/bin DOTNET_EnableArm64Dp=0
else
  echo "No dot product on this processor: all tests ran with AdvSimd above, and the dot product is skipped."
fi
as_unit scalar scalar artifacts/bin DOTNET_EnableHWIntrinsic=0
wait
for part in "$units"/*.begun; do
  tee -a "$log" <"$part"
  [ -e "${part%.begun}.right" ] || status=1
done

tee -a "$log" <"$shipped"
[ -e "$units/shipped" ] || fail 1 "What ships cannot be published: see above."
[ -e "$units/native" ] || status=1

say "Coverage"
scripts/coverage.sh artifacts/coverage || status=1

say "Total"
awk '
  /Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+/ {
    gsub(",", "")
    for (i = 1; i < NF; i++) {
      if ($i == "Failed:") failed += $(i + 1)
      if ($i == "Passed:") passed += $(i + 1)
      if ($i == "Skipped:") skipped += $(i + 1)
    }
  }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }
' "$log"
exit $status
