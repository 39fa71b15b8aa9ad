# shellcheck shell=bash
# What demo.sh and test.sh share. Sourced, not run.

# Numbers with a point, order by bytes and English words: what is parsed here is the same wherever it runs. File names stay UTF-8.
export LC_ALL=C.UTF-8 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '\n\033[1m== %s\033[0m (%d s)\n' "$*" "$SECONDS"; }

# fail CODE MESSAGE...
fail() {
  local code=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$code"
}

# private_folder : makes a folder to build in, as outside of the repository, and prints it. MSBuild obeys files in folders
# above, and in the system's temporary one anybody can lay them: it is below the user's cache where that can be written to,
# and what is looked for upwards until one is found is in it.
private_folder() {
  local cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/tinyquant folder name
  folder=$(umask 077 && mkdir -p "$cache" 2>/dev/null && mktemp -d "$cache/build-XXXXXX" 2>/dev/null) || folder=$(mktemp -d)
  for name in Directory.Build.props Directory.Build.targets Directory.Packages.props; do
    echo '<Project />' >"$folder/$name"
  done
  : >"$folder/Directory.Build.rsp"
  echo '{}' >"$folder/global.json"
  printf '%s\n' "$folder"
}

# The runtime identifier of this machine.
host_rid() {
  case "$(uname -m)" in
    x86_64) echo linux-x64 ;;
    aarch64 | arm64) echo linux-arm64 ;;
    *) fail 3 "This machine is $(uname -m); .NET's NativeAOT needs x86_64 or aarch64." ;;
  esac
}

# try_install PACKAGE... : with root or a sudo that asks nothing; false where neither is to be had.
try_install() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "Installing $* ..."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null 2>&1 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

require_dotnet() {
  command -v dotnet >/dev/null || fail 3 \
    "The .NET SDK is missing: this needs version $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) or a later patch of it." \
    "See https://learn.microsoft.com/dotnet/core/install/linux"
  dotnet --version >/dev/null 2>&1 || fail 3 \
    "The installed .NET SDKs do not fit global.json, which asks for $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json):" \
    "$(dotnet --list-sdks)"
}

# NativeAOT links with clang, or with gcc where there is no clang.
require_linker() {
  if command -v clang >/dev/null || command -v gcc >/dev/null; then
    return
  fi
  try_install clang && return
  if command -v apt-get >/dev/null; then
    fail 3 "A linker is missing, and this user cannot install one. Run this once, then start again:" \
      "  sudo apt-get install -y clang"
  fi
  fail 3 "A linker is missing, and there is no apt-get here. Install the package clang (or gcc) and start again."
}

# What cross-publishing to arm64 and running the result takes.
has_cross_tools() {
  local tool
  for tool in clang ld.lld llvm-objcopy aarch64-linux-gnu-gcc qemu-aarch64-static; do
    command -v "$tool" >/dev/null || return 1
  done
}

has_browser() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    ! command -v "$name" >/dev/null || return 0
  done
  return 1
}

# Debian puts it where only root looks.
has_mosquitto() { PATH=$PATH:/usr/sbin command -v mosquitto >/dev/null; }

# Debian's package, or what the tool fetched for this user before.
has_fashion() { [ -d /usr/share/datasets/fashion-mnist ] || [ -d "${XDG_CACHE_HOME:-$HOME/.cache}/tinyquant/fashion-mnist" ]; }

# What tests take besides .NET and a linker, as far as it can be installed: all at once, or what of it there is.
install_test_tools() {
  local cross="" browser="" broker="" fashion="" group
  [ "$(host_rid)" != linux-x64 ] || has_cross_tools || cross="clang lld llvm gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static"
  has_browser || browser=chromium-headless-shell
  has_mosquitto || broker=mosquitto
  has_fashion || fashion=dataset-fashion-mnist
  [ -n "$cross$browser$broker$fashion" ] || return 0
  # shellcheck disable=SC2086 # lists of packages
  try_install $cross $browser $broker $fashion || for group in "$cross" "$browser" "$broker" "$fashion"; do
    [ -z "$group" ] || try_install $group || true
  done
}

# has_instructions NAME : whether the processor has a set of instructions, by its name in /proc/cpuinfo
has_instructions() { grep -qw -- "$1" /proc/cpuinfo; }

# lay_emulated_vnni FOLDER : copies of the tests of kernels and operators, over a library that computes AVX-VNNI with AVX2
lay_emulated_vnni() {
  local name
  rm -rf "$1"
  for name in TinyQuant.Runtime.Tests TinyQuant.Evaluation.Tests; do
    mkdir -p "$1/$name"
    cp -r "artifacts/bin/$name/release" "$1/$name/"
    cp artifacts/bin/TinyQuant.EmulatedVnni/release/TinyQuant.Runtime.* "$1/$name/release/"
    rm -f "$1/$name/release/TinyQuant.Runtime.deps.json"
  done
}

# MNIST beside the repository, where there is one; the product itself knows nothing of it.
use_shared_data() {
  if [ -z "${TINYQUANT_DATA:-}" ] && [ -d ../shared/data/mnist ]; then
    TINYQUANT_DATA=$(cd ../shared/data/mnist && pwd)
    export TINYQUANT_DATA
  fi
}

# Golden models beside the repository, where there are any: a folder with models/ and operators/.
use_shared_golden() {
  if [ -z "${TINYQUANT_GOLDEN:-}" ] && [ -d ../shared/models ] && [ -d ../shared/operators ]; then
    TINYQUANT_GOLDEN=$(cd ../shared && pwd)
    export TINYQUANT_GOLDEN
  fi
}

# Recorded words beside the repository, where there are any.
use_shared_audio() {
  if [ -z "${TINYQUANT_AUDIO:-}" ] && [ -d ../shared/data/audio ]; then
    TINYQUANT_AUDIO=$(cd ../shared/data/audio && pwd)
    export TINYQUANT_AUDIO
  fi
}

# Where scripts/fetch-models.sh puts the models of the benchmark.
model_cache() { echo "${XDG_CACHE_HOME:-$HOME/.cache}/tinyquant"; }

# publish_nano RID [MSBUILD ARGUMENT...]
publish_nano() {
  publish_native samples/Nano "$@"
}

# publish_samples RID [MSBUILD ARGUMENT...] : the samples besides Nano
publish_samples() {
  publish_native samples/Keywords "$@"
  publish_native samples/CLibrary "$@"
}

# publish_golden NAME [MSBUILD ARGUMENT...] : the program with the golden models, to artifacts/goldencheck/NAME
publish_golden() {
  local name=$1 log
  shift
  log=$(mktemp)
  if ! dotnet publish tests/TinyQuant.GoldenCheck -c Release --nologo -v quiet -p:PublishDir="$PWD/artifacts/goldencheck/$name/" "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail 1 "Publishing the golden models ($name) failed."
  fi
  rm -f "$log"
}

# publish_native PROJECT RID [MSBUILD ARGUMENT...]
publish_native() {
  local project=$1 rid=$2
  shift 2
  local log
  log=$(mktemp)
  if ! dotnet publish "$project" -r "$rid" -c Release --nologo -v quiet "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail 1 "Publishing $project for $rid failed."
  fi
  rm -f "$log"
}
