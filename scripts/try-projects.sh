#!/usr/bin/env bash
# Uses the packed packages in projects as others have them: older frameworks, other languages, central package management,
# a path with every character that hurts, a model that is replaced by an older file, samples copied out of the repository.
# Usage: scripts/try-projects.sh FOLDER     an empty folder that finds the packages; scripts/try-packages.sh makes one.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh
repository=$PWD
cd "${1:?an empty folder with a nuget.config}"
version=$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' "$repository/Directory.Build.props")
weights=$repository/weights

# build TARGET LOG PROJECT... : all of them, each as far as it goes; the log has one error or warning a line
build() {
  local target=$1 log=$2 project
  shift 2
  {
    echo '<Project><ItemGroup>'
    for project in "$@"; do
      # As MSBuild and XML have them.
      project=${project//%/%25} project=${project//;/%3B} project=${project//&/&amp;}
      echo "<Try Include=\"$project\" />"
    done
    cat <<XML
</ItemGroup>
<Target Name="Try">
  <MSBuild Projects="@(Try)" Targets="Restore" Properties="Restoring=true" BuildInParallel="true" ContinueOnError="ErrorAndContinue" />
  <MSBuild Projects="@(Try)" Targets="$target" BuildInParallel="true" ContinueOnError="ErrorAndContinue" Condition="'$target' != 'Restore'" />
</Target></Project>
XML
  } >try.proj
  dotnet msbuild try.proj -m -nodeReuse:false -nologo -v:quiet -clp:NoSummary >"$log" 2>&1
}

# expect LOG PATTERN WHAT
expect() { grep -q -- "$2" "$1" || { cat "$1" >&2; fail 1 "$3"; }; }

# library FOLDER NAME.EXTENSION FRAMEWORK [ITEM...]
library() {
  local folder=$1 name=$2 framework=$3
  shift 3
  mkdir -p "$folder"
  cat >"$folder/$name" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>$framework</TargetFramework>
    <DisableImplicitFrameworkReferences Condition="'$framework' != 'net10.0'">true</DisableImplicitFrameworkReferences>
  </PropertyGroup>
  <ItemGroup>
    $*
  </ItemGroup>
</Project>
XML
}

package="<PackageReference Include=\"TinyQuant\" Version=\"$version\" />"
model='<TinyQuantModel Include="digits.tqm" />'

refused() {
  local framework name
  local -a projects=()
  for framework in net8.0 net9.0 netstandard2.0; do
    library "old/$framework" old.csproj "$framework" "$package"
    projects+=("old/$framework/old.csproj")
  done
  build Restore refused.log "${projects[@]}" && fail 1 "A project for an older framework takes the package."
  for framework in net8.0 net9.0 netstandard2.0; do
    expect refused.log "error NU1202: .*not compatible with $framework .*net10.0" "A project for $framework is not told that it needs net10.0."
  done

  projects=()
  for name in wrong.fsproj wrong.vbproj; do
    library "language/$name" "$name" net10.0 "$package $model"
    cp "$weights/mnist-linear.int8.tqm" "language/$name/digits.tqm"
    projects+=("language/$name/$name")
  done
  build Build refused.log "${projects[@]}" && fail 1 "A model in F# or Visual Basic builds."
  for name in F# 'Visual Basic'; do
    expect refused.log "error TQ109: .*$name.*C# class library" "A model in $name is no error that says what works."
  done
  echo "net8.0, net9.0, netstandard2.0: NU1202. A model in F# or Visual Basic: TQ109."
}

# A C# library, and F# that calls it.
fsharp() {
  library fsharp/models models.csproj net10.0 "$package $model"
  cp "$weights/mnist-linear.int8.tqm" fsharp/models/digits.tqm
  echo '[TinyQuant.QuantizedModel("digits.tqm")] public partial class Digits;' >fsharp/models/Digits.cs
  library fsharp/app app.fsproj net10.0 '<Compile Include="app.fs" /> <ProjectReference Include="../models/models.csproj" />'
  sed -i 's|<TargetFramework>|<OutputType>Exe</OutputType><SatelliteResourceLanguages>en</SatelliteResourceLanguages>&|' fsharp/app/app.fsproj
  echo 'printfn "F# says %d" (Digits().Classify(System.ReadOnlySpan<byte>(Array.zeroCreate<byte> Digits.InputLength)))' >fsharp/app/app.fs
}

# The template below a Directory.Packages.props that has the package's version, and below one that has not.
central() {
  local name
  for name in with without; do
    mkdir -p "central/$name"
    dotnet new tinyquant-app -o "central/$name/app" --no-restore >/dev/null
    echo '<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup><ItemGroup>' >"central/$name/Directory.Packages.props"
    [ $name = without ] || echo "<PackageVersion Include=\"TinyQuant\" Version=\"$version\" />" >>"central/$name/Directory.Packages.props"
    echo '</ItemGroup></Project>' >>"central/$name/Directory.Packages.props"
  done
}

# Folders and a file with every character that hurts, in a culture with another minus sign: the compiler must be a new one,
# for one that runs already keeps the culture that it was started with.
strange() {
  local folder="C# и; ö (x)"
  library "$folder/app" app.csproj net10.0 "$package <TinyQuantModel Include=\"models/**/*.tflite\" />"
  sed -i 's|<TargetFramework>|<OutputType>Exe</OutputType>&|' "$folder/app/app.csproj"
  mkdir -p "$folder/app/models/p%20q #"
  cp "$repository/tests/Shared/tiny.tflite" "$folder/app/models/p%20q #/a;b %41.tflite"
  cat >"$folder/app/Program.cs" <<'CS'
System.Console.WriteLine("class " + new Model().Classify(new sbyte[] { 10, 20, 30, 40 }));
[TinyQuant.QuantizedModel("models/p%20q #/a;b %41.tflite")] internal partial class Model;
CS
  (
    cd "$folder/app"
    LC_ALL=sv_SE.UTF-8 dotnet build -nodeReuse:false -nologo -v:quiet -clp:NoSummary -warnaserror -p:UseSharedCompilation=false
  ) || fail 1 "A model in a folder '$folder' does not build in Swedish."
  [ "$(dotnet "$folder/app/bin/Debug/net10.0/app.dll")" = "class 1" ] || fail 1 "A model that was built in Swedish is wrong."
  echo "'$folder' in Swedish: built, and right."
}

# A library for two frameworks, with a model for one of them, as docs/packages.md has it.
frameworks() {
  library several several.csproj netstandard2.0 "$model"
  sed -i 's|<TargetFramework>.*|<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion>|; /DisableImplicit/d' several/several.csproj
  sed -n '/^<ItemGroup Condition=.*IsTargetFrameworkCompatible/,/^<\/ItemGroup>/p' "$repository/docs/packages.md" >several/reference.xml
  sed -i '/<\/PropertyGroup>/r several/reference.xml' several/several.csproj
  cp "$weights/mnist-linear.int8.tqm" several/digits.tqm
  printf '#if NET10_0_OR_GREATER\n[TinyQuant.QuantizedModel("digits.tqm")] public partial class Digits;\n#endif\n' >several/Digits.cs
}

# Models of both kinds below a folder with what MSBuild, XML, the compiler's options and URLs take for their own.
paths() {
  awkward='Мои модели #1; 100% C#'
  library "$awkward" app.csproj net10.0 "$package <TinyQuantModel Include=\"models C#/*.tflite;models C#/*.tqm\" />"
  sed -i 's|<TargetFramework>|<OutputType>Exe</OutputType>&|' "$awkward/app.csproj"
  mkdir -p "$awkward/models C#"
  cp "$repository/tests/Shared/tiny.tflite" "$awkward/models C#/tiny;1 %20.tflite"
  cp "$weights/mnist-linear.int8.tqm" "$awkward/models C#/digits #2.tqm"
  cat >"$awkward/Program.cs" <<'CS'
System.Console.WriteLine(Tiny.InputLength + " " + Digits.ModelName);
[TinyQuant.QuantizedModel("models C#/tiny;1 %20.tflite")] internal partial class Tiny;
[TinyQuant.QuantizedModel("models C#/digits #2.tqm")] internal partial class Digits;
CS
}

# The program in the page of TinyQuant.Evaluation, which quantizes without the tool.
evaluation() {
  library evaluation evaluation.csproj net10.0 \
    "<PackageReference Include=\"TinyQuant.Evaluation\" Version=\"$version\" /><PackageReference Include=\"TinyQuant.Training\" Version=\"$version\" />"
  sed -i 's|<TargetFramework>|<OutputType>Exe</OutputType><Nullable>enable</Nullable>&|' evaluation/evaluation.csproj
  sed -n '/^```csharp/,/^```$/{/^```/d;p}' "$repository/src/TinyQuant.Evaluation/README.md" >evaluation/Program.cs
}

samples() {
  local name
  for name in Nano Keywords CLibrary Gateway; do
    cp -r "$repository/samples/$name" "$name"
    rm -rf "$name/bin" "$name/obj"
  done
}

say "Projects that the packages are not for"
refused

say "Projects of others"
fsharp
central
frameworks
paths
evaluation
samples
build Build built.log fsharp/app/app.fsproj several/several.csproj "$awkward/app.csproj" central/{with,without}/app/app.csproj evaluation/evaluation.csproj \
  Nano/Nano.csproj Keywords/Keywords.csproj CLibrary/CLibrary.csproj Gateway/Gateway.csproj || { cat built.log >&2; fail 1 "A project does not build with the packages."; }
[ ! -s built.log ] || { cat built.log >&2; fail 1 "A project builds with warnings."; }
dotnet fsharp/app/bin/Debug/net10.0/app.dll | grep '^F# says [0-9]$' || fail 1 "F# cannot call a model in a C# library."
[ "$(dotnet exec "$awkward/bin/Debug/net10.0/app.dll")" = "4 mnist-linear" ] || fail 1 "Models in '$awkward' are not those that the attributes name."
[ "$(dotnet evaluation/bin/Debug/net10.0/evaluation.dll)" = "$(printf 'Int8\n512')" ] || fail 1 "A program cannot quantize with the packages."
head -c 784 /dev/zero | Nano/bin/Debug/net10.0/nano - >/dev/null || fail 1 "samples/Nano, copied out of the repository, is wrong."
[[ $(dotnet msbuild CLibrary -getProperty:PublishDir -p:RuntimeIdentifier=linux-x64 -p:Configuration=Release) = bin?Release/net10.0/linux-x64/publish/ ]] \
  || fail 1 "samples/CLibrary, copied out of the repository, is published to another place."
! grep -rq 'UseSystemResourceKeys": true' --include='*.runtimeconfig.json' . || fail 1 "A debug run prints names of resources for messages."
echo "F# with a C# library, two frameworks, '$awkward', central package management, quantization without the tool, and the samples alone: built."

say "Another culture, and a path with every character that hurts"
strange

say "A model that is replaced by an older file"
central/with/app/bin/Debug/net10.0/app | grep -q '^This is a 3, ' || fail 1 "The program of the template is wrong."
cp "$weights/mnist-mlp.int8.tqm" central/with/app/models/digits.tqm
touch -d 2001-01-01 central/with/app/models/digits.tqm
build Build replaced.log central/with/app/app.csproj && fail 1 "A model that is replaced by an older file is not noticed."
expect replaced.log 'error TQ009: ' "A model that is replaced by an older file is not compiled."
echo "It is compiled: the larger model exceeds the budget."
