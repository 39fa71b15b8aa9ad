#!/usr/bin/env bash
# Packs everything, and uses the packages as a stranger would: in an empty folder outside of the repository, with the
# packed files as the only source besides the configured ones, from dotnet new to a native binary with right answers.
# Usage: scripts/try-packages.sh     after a build of the solution; the packages stay in artifacts/packages.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh
repository=$PWD
use_shared_golden
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say "Pack"
rm -rf artifacts/packages
dotnet msbuild src/Packages.proj -nologo -v:quiet
ls artifacts/packages

folder=$(private_folder)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# What is not ours may come from the usual cache; what is ours may not, or an older build would do.
usual=${NUGET_PACKAGES:-$HOME/.nuget/packages}
[ -d "$usual/tinyquant" ] || export NUGET_FALLBACK_PACKAGES=$usual
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_HOME=$folder/home
cat >nuget.config <<XML
<configuration>
  <packageSources><add key="tinyquant" value="$repository/artifacts/packages" /></packageSources>
</configuration>
XML
version=$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' "$repository/Directory.Build.props")

# A model with recorded answers: keyword spotting where there are golden models, one small layer elsewhere.
models="Modèle und Daten"
mkdir "$models"
golden=${TINYQUANT_GOLDEN:-}/models/kws_ref_model
if [ -d "$golden" ]; then
  cp "$golden/model.tflite" "$models/kws.tflite"
  cp "$golden/input.bin" "$golden/expected.bin" .
else
  cp "$repository/tests/Shared/tiny.tflite" "$models/kws.tflite"
  printf '\x0a\x14\x1e\x28' >input.bin
  printf '\x0e\x18\x07' >expected.bin
fi

say "dotnet new"
dotnet new install "$repository/artifacts/packages/TinyQuant.Templates.$version.nupkg" >/dev/null
dotnet new tinyquant-app -o "App ö" --no-restore
cp "$models/kws.tflite" "App ö/models/"

# A library with the same model, and a program with two that trains a third.
mkdir "Wörter lib"
cat >"Wörter lib/Words.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <IsAotCompatible>true</IsAotCompatible>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TinyQuant" Version="$version" />
    <TinyQuantModel Include="../$models/kws.tflite" />
  </ItemGroup>
</Project>
XML
cat >"Wörter lib/Words.cs" <<'CS'
[TinyQuant.QuantizedModel("Modèle und Daten/kws.tflite")]
public sealed partial class Words;
CS
sed -i 's|  <ItemGroup>|  <ItemGroup>\
    <ProjectReference Include="../Wörter lib/Words.csproj" />\
    <PackageReference Include="TinyQuant.Training" Version="'"$version"'" />|; s|<PublishAot>true</PublishAot>|&<TrimMode>full</TrimMode>|' "App ö/App ö.csproj"
cat >>"App ö/Program.cs" <<'CS'

[QuantizedModel("kws.tflite", MaxArenaBytes = 32_768)]
internal partial struct Keywords;

internal static class Training
{
    /// <summary>One epoch on a few drawn digits.</summary>
    public static string Model()
    {
        var builder = new TinyQuant.Training.Layers.NetworkBuilder(new(28, 28, 1));
        TinyQuant.Training.Layers.Network network = TinyQuant.Training.Layers.NetworkText.Build("conv 4 3x3 bn relu; globalpool; dense 10", builder).Build(64);
        TinyQuant.Training.Trainer.Train(network, TinyQuant.Data.StrokeDigits.Create(new(64, 10)).Train, new() { Epochs = 1 });
        return TinyQuant.Model.ModelWriter.Write(TinyQuant.Training.Export.NetworkExporter.Export(network));
    }
}
CS
sed -i 's|^Digits digits = default;|if (args.Length == 1)\
{\
    File.WriteAllText(args[0], Training.Model());\
    return 0;\
}\
if (args.Length == 2)\
{\
    byte[] inputs = File.ReadAllBytes(args[0]);\
    Span<sbyte> scores = stackalloc sbyte[Keywords.OutputLength], same = stackalloc sbyte[Keywords.OutputLength];\
    Keywords keywords = default;\
    Words words = new();\
    using FileStream file = File.Create(args[1]);\
    for (int at = 0; at < inputs.Length; at += Keywords.InputLength)\
    {\
        ReadOnlySpan<sbyte> input = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(inputs.AsSpan(at, Keywords.InputLength));\
        keywords.Run(input, scores);\
        words.Run(input, same);\
        if (!scores.SequenceEqual(same))\
        {\
            return 1;\
        }\
        file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(scores));\
    }\
    return 0;\
}\
&|; s|^Console.WriteLine(\$.*|&\
return 0;|' "App ö/Program.cs"

say "dotnet publish, without a warning"
dotnet publish "App ö" -warnaserror -nodeReuse:false -v minimal -nologo --tl:off -o out >publish.log || { cat publish.log >&2; fail 1 "The template cannot be published."; }
# The newest of the names of versions that stand in the file.
glibc=$(grep -aoE 'GLIBC_2\.[0-9.]+' "out/App ö" | sort -Vu | tail -1)
grep -F "App ö needs glibc ${glibc#GLIBC_} or newer where it runs." publish.log || { cat publish.log >&2; fail 1 "A publish does not say that it needs $glibc."; }
"out/App ö" | tail -1 | grep -q '^This is a 3, ' || fail 1 "The program of the template is wrong."
"out/App ö" trained.tqm
"out/App ö" input.bin answers.bin
cmp answers.bin expected.bin || fail 1 "The packages' answers are wrong."
echo "$(stat -c %s expected.bin) bytes of answers are right, from a binary of $(stat -c %s "out/App ö") bytes."

say "What editors and other targets get"
dotnet msbuild "App ö" -nodeReuse:false -t:Compile -getItem:CscCommandLineArgs -p:DesignTimeBuild=true -p:SkipCompilerExecution=true -p:ProvideCommandLineArgs=true >editor.json
grep -q '/additionalfile:.*kws\.tqm' editor.json && [ -n "$(find "App ö/obj/Debug" -name kws.tqm)" ] || fail 1 "A design-time build imports no model."
[ "$(dotnet msbuild "App ö" -getProperty:RuntimeIdentifier -p:_IsPublishing=true -p:TinyQuantTarget=raspberrypi5)" = linux-arm64 ] \
  || fail 1 "TinyQuantTarget does not choose what is published for."
echo "A design-time build imports the models; raspberrypi5 publishes for linux-arm64."

say "dotnet tool"
dotnet new tool-manifest >/dev/null
dotnet tool install TinyQuant.Tool --version "$version" >/dev/null
dotnet tinyquant import "$models/kws.tflite" -o kws.tqm
dotnet tinyquant inspect trained.tqm | sed -n 1,3p

mkdir others
cp nuget.config others/
"$repository/scripts/try-projects.sh" "$folder/others"
