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
require_dotnet
require_linker
use_shared_data
use_shared_golden
use_shared_audio
rid=$(host_rid)
log=$(mktemp)
trap 'rm -f "$log"; [ -n "$had_compiler" ] || dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true' EXIT

say "Build"
install_test_tools & # downloads while the compiler computes
tools=$!
dotnet restore TinyQuant.sln -v quiet
# The build itself enforces style and analyzers; what it does not see is white space.
dotnet format whitespace . --folder --verify-no-changes --exclude artifacts
dotnet build TinyQuant.sln -c Release --no-restore --nologo -v quiet -clp:NoSummary

say "Publish the native binaries"
wait "$tools" || true
has_browser || echo "No browser: the tests of the report's pages are skipped. Install chromium-headless-shell."
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

status=0

# run LABEL ARGUMENT... : dotnet test, its output shown and kept
run() {
  say "$1"
  shift
  dotnet test --no-build -c Release --nologo -v quiet --logger "console;verbosity=minimal" "$@" 2>&1 | tee -a "$log" || status=1
}

run "All tests" TinyQuant.sln
# The kernels again as on processors that lack the newer units.
DOTNET_EnableAVXVNNI=0 run "Kernels without AVX-VNNI" tests/TinyQuant.Runtime.Tests
DOTNET_EnableAVX2=0 run "Kernels without AVX2" tests/TinyQuant.Runtime.Tests
DOTNET_EnableHWIntrinsic=0 run "Kernels without SIMD" tests/TinyQuant.Runtime.Tests

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
