using TinyQuant.Packages.Tests.Support;

namespace TinyQuant.Packages.Tests;

/// <summary>What <c>TinyQuantTarget</c> sets, and what is said of a publish that cannot be meant.</summary>
public sealed class PublishTests : IDisposable
{
    private const string Aot = "PublishAot=true";

    private static readonly string[] s_set = ["PublishRuntimeIdentifier", "IlcInstructionSet"];

    private readonly Folder _folder = new();
    private readonly BareProject _project;

    public PublishTests() => _project = new BareProject(_folder).Write();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("raspberrypi4", "linux-arm64", "")]
    [InlineData("raspberrypi5", "linux-arm64", "")]
    [InlineData("raspberrypi-zero2", "linux-arm64", "")]
    [InlineData("x64", "win-x64", "x86-64-v3")]
    [InlineData("native", "", "native")]
    public async Task A_target_sets_system_and_instructions(string target, string runtime, string instructions)
    {
        IReadOnlyDictionary<string, string> set = await _project.PropertiesAsync(
            s_set, "TinyQuantTarget=" + target, "TinyQuantHostOS=win");
        Assert.Equal((runtime, instructions), (set[s_set[0]], set[s_set[1]]));
    }

    [Theory]
    [InlineData("linux-musl-x64", "linux", "linux-musl-x64")]
    [InlineData("linux-x64", "linux", "linux-x64")]
    [InlineData("linux-musl-x64", "win", "win-x64")]
    public async Task X64_is_this_operating_system_with_its_libc(string sdk, string system, string runtime) =>
        Assert.Equal(
        runtime,
        (await _project.PropertiesAsync(
            s_set, "TinyQuantTarget=x64", "TinyQuantHostOS=" + system, "NETCoreSdkPortableRuntimeIdentifier=" + sdk))[
            s_set[0]]);

    [Fact]
    public async Task What_is_said_stays() =>
        Assert.Equal("x86-64-v4",
            (await _project.PropertiesAsync(s_set, "TinyQuantTarget=x64", "IlcInstructionSet=x86-64-v4"))[
                "IlcInstructionSet"]);

    [Fact]
    public Task TQ104_unknown_target() => Expect(
        "app.proj : error TQ104: TinyQuantTarget 'pi' is unknown; expected raspberrypi4, raspberrypi5, "
            + "raspberrypi-zero2, x64 or native",
        "CoreCompile", "TinyQuantTarget=pi");

    [Fact]
    public Task TQ105_target_and_runtime_disagree() => Expect(
        "app.proj : error TQ105: TinyQuantTarget 'raspberrypi5' means linux-arm64, but this publishes for linux-x64; "
            + "expected -r linux-arm64, another TinyQuantTarget, or <Sdk Name=\"TinyQuant\" /> in the project, with "
            + "which the target chooses the runtime identifier",
        "SetupProperties", Aot, "TinyQuantTarget=raspberrypi5", "RuntimeIdentifier=linux-x64");

    [Theory]
    [InlineData("x64", "linux-musl-x64")]
    [InlineData("x64", "linux-bionic-x64")]
    [InlineData("raspberrypi4", "linux-musl-arm64")]
    [InlineData("native", "linux-musl-x64")]
    public async Task A_target_leaves_the_libc_to_the_runtime_identifier(string target, string runtime) =>
        Assert.Empty(await _project.BuildAsync(
        "SetupProperties", Aot, "TinyQuantTarget=" + target, "RuntimeIdentifier=" + runtime, "TinyQuantHostOS=linux",
        "NETCoreSdkPortableRuntimeIdentifier=linux-x64"));

    [Theory]
    [InlineData("x64", "linux-musl-arm64")]
    [InlineData("raspberrypi4", "linux-musl-x64")]
    [InlineData("x64", "win-x64")]
    [InlineData("native", "linux-arm64")]
    public async Task TQ105_stays_for_another_processor_or_system(string target, string runtime) => Assert.Contains(
        $"error TQ105: TinyQuantTarget '{target}' means ",
        Assert.Single(await _project.BuildAsync(
            "SetupProperties", Aot, "TinyQuantTarget=" + target, "RuntimeIdentifier=" + runtime,
            "TinyQuantHostOS=linux",
            "NETCoreSdkPortableRuntimeIdentifier=linux-x64")),
        StringComparison.Ordinal);

    [Fact]
    public async Task TQ108_advises_what_TQ105_allows()
    {
        string[] publish = [Aot, "RuntimeIdentifier=linux-musl-x64", "TinyQuantHostOS=linux",
            "NETCoreSdkPortableRuntimeIdentifier=linux-x64"];
        Assert.Contains("warning TQ108: NativeAOT for linux-musl-x64",
            Assert.Single(await _project.BuildAsync("SetupProperties", publish)), StringComparison.Ordinal);
        Assert.Empty(await _project.BuildAsync("SetupProperties", [.. publish, "TinyQuantTarget=x64"]));
    }

    [Theory]
    [InlineData("win")]
    [InlineData("osx")]
    public Task TQ106_native_code_for_linux_elsewhere(string system) => Expect(
        "app.proj : error TQ106: NativeAOT cannot compile for linux-arm64 on this system; expected to be published "
            + "on Linux: in a container or WSL with the .NET SDK and clang, or on the device itself",
        "SetupProperties", Aot, "TinyQuantHostOS=" + system, "RuntimeIdentifier=linux-arm64");

    [Fact]
    public Task TQ107_size() => Expect(
        "app.proj : warning TQ107: OptimizationPreference=Size leaves out the choice of SIMD units at run time, so "
            + "that models run several times slower; remove it: it saves little",
        "SetupProperties", Aot, "OptimizationPreference=Size", "RuntimeIdentifier=linux-arm64");

    [Fact]
    public Task TQ108_plain_x64() => Expect(
        "app.proj : warning TQ108: NativeAOT for linux-x64 leaves out AVX2 and AVX-VNNI unless it is told of them; "
            + "set TinyQuantTarget to x64 (any processor with AVX2) or native (this one), or IlcInstructionSet",
        "SetupProperties", Aot, "RuntimeIdentifier=linux-x64");

    [Fact]
    public async Task A_publish_that_can_be_meant_is_said_nothing_of()
    {
        Assert.Empty(
            await _project.BuildAsync(
                "SetupProperties", Aot, "TinyQuantTarget=x64", "RuntimeIdentifier=linux-x64", "TinyQuantHostOS=linux"));
        Assert.Empty(
            await _project.BuildAsync("SetupProperties", "OptimizationPreference=Size", "RuntimeIdentifier=linux-x64"));
    }

    private async Task Expect(string expected, string target, params string[] properties) =>
        Assert.Equal([expected],
            (await _project.BuildAsync(target, properties)).Where(line =>
                !line.StartsWith("compiled", StringComparison.Ordinal)));
}
