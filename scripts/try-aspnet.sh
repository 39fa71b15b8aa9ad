#!/usr/bin/env bash
# Uses the packed package in a web application: what the analyzer says of a model that requests share, that a debug build
# throws rather than answers wrongly when they do, under load of four threads, and that a scoped model answers rightly.
# Usage: scripts/try-aspnet.sh     after scripts/try-packages.sh, which leaves the packages in artifacts/packages.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/common.sh
repository=$PWD
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
version=$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' Directory.Build.props)
[ -f "artifacts/packages/TinyQuant.$version.nupkg" ] || fail 1 "There is no artifacts/packages/TinyQuant.$version.nupkg; run scripts/try-packages.sh first."

folder=$(private_folder)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# What is ours may not come from a cache, or an older build would do.
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_HOME=$folder/home
cat >nuget.config <<XML
<configuration>
  <packageSources><clear /><add key="tinyquant" value="$repository/artifacts/packages" /></packageSources>
</configuration>
XML
mkdir Web
cp "$repository/weights/mnist-cnn.int8.tqm" Web/
cat >Web/Web.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <UseAppHost>false</UseAppHost>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TinyQuant" Version="$version" />
    <TinyQuantModel Include="mnist-cnn.int8.tqm" />
  </ItemGroup>
</Project>
XML
# The server, and its clients: the endpoint of each form runs the model several times for each request, so that requests
# meet in an instance. The load ends when they have met, or after so many requests; no clock is asked.
cat >Web/Program.cs <<'CS'
using System.Net;

const int Pictures = 64, Requests = 2_000, RunsOfOne = 20;
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddSingleton<Digits>();
builder.Services.AddScoped<ScopedDigits>();
await using WebApplication app = builder.Build();
Digits captured = new();
app.MapPost("/singleton", async (Stream body, Digits digits) => Repeat(await Read(body), digits.Classify));
app.MapPost("/captured", async (Stream body) => Repeat(await Read(body), pixels => captured.Classify(pixels)));
app.MapPost("/static", async (Stream body) => Repeat(await Read(body), pixels => Shared.Digits.Classify(pixels)));
app.MapPost("/scoped", async (Stream body, ScopedDigits digits) => Repeat(await Read(body), digits.Classify));
await app.StartAsync();

byte[][] pictures = new byte[Pictures][];
int[] classes = new int[Pictures];
byte[] arena = new byte[Digits.ClassifyArenaBytes];
var random = new Random(1);
for (int i = 0; i < Pictures; i++)
{
    random.NextBytes(pictures[i] = new byte[Digits.InputLength]);
    pictures[i].AsSpan(0, random.Next(Digits.InputLength)).Clear(); // so that there are several classes
    classes[i] = Digits.Classify(pictures[i], arena);
}
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
bool isRight = classes.Distinct().Count() > 2;
foreach (string form in new[] { "/singleton", "/captured", "/static", "/scoped" })
{
    bool mayMeet = form != "/scoped";
    int sent = 0, right = 0, wrong = 0, refused = 0;
    await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
    {
        for (int i = Interlocked.Increment(ref sent); i <= (mayMeet ? Requests : 200) && !(mayMeet && refused > 0 && i > 100); i = Interlocked.Increment(ref sent))
        {
            using HttpResponseMessage answer = await client.PostAsync(form, new ByteArrayContent(pictures[i % Pictures]));
            if (answer.StatusCode == HttpStatusCode.InternalServerError)
            {
                Interlocked.Increment(ref refused);
            }
            else if (await answer.Content.ReadAsStringAsync() == $"{classes[i % Pictures]}")
            {
                Interlocked.Increment(ref right);
            }
            else
            {
                Interlocked.Increment(ref wrong);
            }
        }
    })));
    Console.WriteLine($"{form}: {right} right, {wrong} wrong, {refused} refused");
    isRight &= wrong == 0 && (mayMeet ? refused > 0 : right == 200);
}
await app.StopAsync();
return isRight ? 0 : 1;

static async Task<byte[]> Read(Stream body)
{
    byte[] pixels = new byte[Digits.InputLength];
    await body.ReadExactlyAsync(pixels);
    return pixels;
}

static int Repeat(byte[] pixels, Func<byte[], int> classify)
{
    int answer = classify(pixels);
    for (int i = 1; i < RunsOfOne; i++)
    {
        answer = classify(pixels) == answer ? answer : -1;
    }
    return answer;
}

internal static class Shared
{
    public static readonly Digits Digits = new();
}
CS
cat >Web/Digits.cs <<'CS'
using TinyQuant;

[QuantizedModel("mnist-cnn.int8.tqm")]
public sealed partial class Digits
{
    public int Classify(byte[] pixels) => Classify((ReadOnlySpan<byte>)pixels);
}

[QuantizedModel("mnist-cnn.int8.tqm")]
public sealed partial class ScopedDigits
{
    public int Classify(byte[] pixels) => Classify((ReadOnlySpan<byte>)pixels);
}
CS

say "A web application with a model for all requests"
dotnet build Web -nodeReuse:false -v quiet -nologo -o out >build.txt || { cat build.txt; fail 1 "The web application does not build."; }
sed -n 's/^.*\/\([A-Za-z]*\.cs\)(\([0-9]*\),[0-9]*): \(warning\|error\) \([A-Z0-9]*\):.*/\1(\2) \4/p' build.txt | sort -u >said.txt
cat >expected.txt <<EOF
Program.cs($(grep -n 'AddSingleton<' Web/Program.cs | cut -d: -f1)) TQ020
Program.cs($(grep -n 'captured.Classify' Web/Program.cs | cut -d: -f1)) TQ022
Program.cs($(grep -n 'readonly Digits' Web/Program.cs | cut -d: -f1)) TQ021
EOF
sort -u expected.txt | diff - said.txt || { cat build.txt; fail 1 "The analyzer says something else of the models that requests share."; }
cat said.txt
dotnet out/Web.dll || fail 1 "A debug build answered wrongly, or did not notice that requests shared an instance, or a scoped model was refused."
