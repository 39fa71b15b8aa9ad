using System.Collections.Immutable;
using System.Diagnostics;
using TinyQuant.Model;
using TinyQuant.Sizing.Programs;
using TinyQuant.Sizing.Publishing;
using TinyQuant.Tests;

namespace TinyQuant.Sizing.Tests;

/// <summary>What a publish needs, what is published, and how it is ended.</summary>
public sealed class PublishingTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("linux-x64", "linux-x64", "clang ld.lld", true, "")]
    [InlineData("linux-x64", "linux-x64", "gcc", false, "")]
    [InlineData("linux-x64", "linux-x64", "", false, "clang")]
    [InlineData("linux-arm64", "linux-x64", "clang ld.lld llvm-objcopy aarch64-linux-gnu-gcc", true, "")]
    [InlineData("linux-arm64", "linux-x64", "clang gcc", false, "ld.lld llvm-objcopy aarch64-linux-gnu-gcc")]
    [InlineData("linux-x64", "linux-arm64", "clang ld.lld llvm-objcopy", true, "x86_64-linux-gnu-gcc")]
    [InlineData("linux-x64", "", "clang", false, "Linux")]
    public void A_target_knows_what_it_lacks(string rid, string host, string tools, bool lld, string missing)
    {
        var target = Target.Find(rid, host, tools.Split(' ').Contains);

        Assert.Equal((lld, missing), (target.UsesLld, string.Join(' ', target.Missing)));
    }

    [Fact]
    public void The_library_is_the_repository_s_or_a_package()
    {
        Assert.Equal(Repository.Root, LibrarySource.Repository);
        Assert.Null(LibrarySource.FindRepository(_temp.Path));
        Assert.Contains("src/TinyQuant.Generator/TinyQuant.Generator.csproj\" OutputItemType=\"Analyzer\"",
            LibrarySource.OfRepository("/a&b").References, StringComparison.Ordinal);
        Assert.Contains("\"/a&amp;b/src/", LibrarySource.OfRepository("/a&b").References, StringComparison.Ordinal);
        Assert.Equal("<PackageReference Include=\"TinyQuant\" Version=\"1.2.3\" />",
            LibrarySource.OfPackage("1.2.3", "/x").References);
    }

    [Fact]
    public void The_program_passes_every_input_and_output_as_bytes()
    {
        ImmutableArray<int> shape = [1, 3];
        string text = SizedProgram.Subject(new Graph
        {
            Inputs = [new Tensor("a", TensorType.Int8, shape), new Tensor("b", TensorType.Float32, shape)],
            Outputs = [new Tensor("c", TensorType.Int16, shape)],
        });

        Assert.Contains("InputBytes = 15;", text, StringComparison.Ordinal);
        Assert.Contains("OutputBytes = 6;", text, StringComparison.Ordinal);
        Assert.Contains("Cast<byte, sbyte>(input.Slice(0, 3))", text, StringComparison.Ordinal);
        Assert.Contains("Cast<byte, float>(input.Slice(3, 12))", text, StringComparison.Ordinal);
        Assert.Contains("Cast<byte, short>(output.Slice(0, 6))", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_is_alike_with_and_without_a_model()
    {
        SizedProgram.Write(_temp["none"], LibrarySource.OfPackage("1.0.0", "/"), null);
        SizedProgram.Write(_temp["model"], LibrarySource.OfPackage("1.0.0", "/"),
            ModelReader.Read(File.ReadAllText(Repository.File("weights", "mnist-linear.int4.tqm"))).Graph);

        Assert.Equal(File.ReadAllText(_temp["none/sized.csproj"]), File.ReadAllText(_temp["model/sized.csproj"]));
        Assert.Equal(File.ReadAllText(_temp["none/Program.cs"]), File.ReadAllText(_temp["model/Program.cs"]));
        Assert.Contains("Version=\"1.0.0\"", File.ReadAllText(_temp["none/sized.csproj"]), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_temp["none"], "*.tqm"));
        Assert.Single(Directory.GetFiles(_temp["model"], "*.tqm"));
    }

    [Fact]
    public void A_failure_shows_the_end_of_the_output_and_the_exit_code()
    {
        IOException e = Assert.Throws<IOException>(() =>
            Dotnet.Standing("sh", _temp.Path)
                .Run(["-c", "for i in $(seq 30); do echo line $i; done; echo wrong >&2; exit 7"], default));

        Assert.Contains("exit code 7", e.Message, StringComparison.Ordinal);
        Assert.Contains("wrong", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 10\n", e.Message, StringComparison.Ordinal);
        Assert.Contains("'no-such-program' cannot be started",
            Assert.Throws<IOException>(() => Dotnet.Standing("no-such-program", _temp.Path).Run([], default)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_what_it_started_and_what_that_started()
    {
        using var cancellation = new CancellationTokenSource();
        string file = _temp["child"];
        var run = Task.Run(() =>
            Dotnet.Standing("sh", _temp.Path)
                .Run(["-c", $"sleep 600 & echo $! >{file}.tmp; mv {file}.tmp {file}; wait"], cancellation.Token));
        await HangGuard.UntilAsync(() => File.Exists(file));
        using var child = Process.GetProcessById(
            int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture));

        cancellation.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        await HangGuard.WaitAsync(child.WaitForExitAsync());
    }
}
