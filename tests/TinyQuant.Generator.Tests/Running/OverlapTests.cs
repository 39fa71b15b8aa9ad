namespace TinyQuant.Generator.Tests.Running;

/// <summary>
/// Spans over one memory: what shares a byte with what is written is refused, and neighbours are not.
/// </summary>
public sealed class OverlapTests : IDisposable
{
    private delegate void RunAt(byte[] memory, int input, int output, int arena);

    private delegate int ClassifyAt(byte[] memory, int input, int arena);

    // Of 4, 2 and 3 codes, and an arena of 8 bytes, 24 with what Classify needs in the first.
    private readonly LoadedProgram _program = new(GeneratorRun.Of("""
        using System; using System.Runtime.InteropServices;
        [TinyQuant.QuantizedModel("tiny.tqm")] public partial struct Tiny;
        [TinyQuant.QuantizedModel("branches.tqm")] public partial struct Branches;
        [TinyQuant.QuantizedModel("sum.tqm")] public partial struct Sum;
        public static class Driver
        {
            private static Tiny s_tiny;

            private static Span<T> At<T>(byte[] memory, int start, int count) where T : unmanaged =>
                MemoryMarshal.Cast<byte, T>(memory.AsSpan(start))[..count];

            public static void Run(byte[] m, int input, int output, int arena) =>
                Tiny.Run(At<sbyte>(m, input, 4), At<sbyte>(m, output, 3), m.AsSpan(arena));

            public static void RunInstance(byte[] m, int input, int output, int arena) => s_tiny.Run(At<sbyte>(m, input, 4), At<sbyte>(m, output, 3));

            public static void RunBranches(byte[] m, int left, int right, int arena) =>
                Branches.Run(new sbyte[4], At<sbyte>(m, left, 2), At<sbyte>(m, right, 3), m.AsSpan(arena));

            public static void RunSum(byte[] m, int output, int y, int arena) =>
                Sum.Run(At<sbyte>(m, 0, 4), At<sbyte>(m, y, 4), At<sbyte>(m, output, 4), m.AsSpan(arena));

            public static int ClassifyCodes(byte[] m, int input, int arena) => Tiny.Classify((ReadOnlySpan<sbyte>)At<sbyte>(m, input, 4), m.AsSpan(arena));
            public static int ClassifyPixels(byte[] m, int input, int arena) => Tiny.Classify((ReadOnlySpan<byte>)At<byte>(m, input, 4), m.AsSpan(arena));
            public static int ClassifyValues(byte[] m, int input, int arena) => Tiny.Classify((ReadOnlySpan<float>)At<float>(m, input, 4), m.AsSpan(arena));
            public static int Bytes() => Branches.ArenaBytes * 1000 + Tiny.ClassifyArenaBytes;
        }
        """, ("/app/tiny.tqm", Samples.Int8), ("/app/branches.tqm", Samples.Branches), ("/app/sum.tqm", """
        tinyquant-model 1
        name sum
        rounding double

        tensor x int8 [1,4] scale 0.1
        tensor y int8 [1,4] scale 0.1
        tensor sum int8 [1,4] scale 0.2

        input x y
        output sum
        op Add x y -> sum

        """)));

    public void Dispose() => _program.Dispose();

    [Fact]
    public void The_models_are_of_these_sizes() => Assert.Equal(8_024, _program.Method<Func<int>>("Bytes")());

    [Theory]
    [InlineData("Run", 0, 3, "The input and the output overlap")]
    [InlineData("Run", 2, 0, "The input and the output overlap")]
    [InlineData("Run", 0, 0, "The input and the output overlap")]
    [InlineData("RunInstance", 0, 3, "The input and the output overlap")]
    [InlineData("RunBranches", 8, 9, "The left and the right overlap")]
    [InlineData("RunBranches", 10, 8, "The left and the right overlap")]
    [InlineData("RunSum", 3, 40, "The x and the output overlap")]
    [InlineData("RunSum", 40, 43, "The y and the output overlap")]
    [InlineData("RunSum", 4, 0, null)] // inputs may be the same
    [InlineData("RunSum", 4, 2, "The y and the output overlap")]
    [InlineData("Run", 0, 4, null)]
    [InlineData("Run", 3, 0, null)]
    [InlineData("RunInstance", 3, 0, null)]
    [InlineData("RunBranches", 8, 10, null)]
    [InlineData("RunBranches", 11, 8, null)]
    public void Inputs_and_outputs(string method, int first, int second, string? expected) =>
        Expect(expected, () => _program.Method<RunAt>(method)(new byte[100], first, second, 60));

    [Theory]
    [InlineData(10, 30, 3, "The left and the arena overlap")] // bytes 3 to 10 are the arena's
    [InlineData(30, 10, 3, "The right and the arena overlap")]
    [InlineData(11, 13, 3, null)] // the arena's end is not needed, and may be the caller's
    [InlineData(9, 30, 11, null)]
    [InlineData(10, 30, 11, "The left and the arena overlap")]
    public void Outputs_and_the_arena(int left, int right, int arena, string? expected) =>
        Expect(expected, () => _program.Method<RunAt>("RunBranches")(new byte[100], left, right, arena));

    [Theory]
    [InlineData("ClassifyCodes", 27, 4, "The input and the arena overlap")]
    [InlineData("ClassifyCodes", 28, 4, null)]
    [InlineData("ClassifyCodes", 0, 3, "The input and the arena overlap")]
    [InlineData("ClassifyCodes", 0, 4, null)]
    [InlineData("ClassifyPixels", 27, 4, "The pixels and the arena overlap")]
    [InlineData("ClassifyPixels", 28, 4, null)]
    [InlineData("ClassifyValues", 27, 4, "The values and the arena overlap")]
    [InlineData("ClassifyValues", 28, 4, null)]
    [InlineData("ClassifyValues", 4, 16, "The values and the arena overlap")] // four bytes for each
    [InlineData("ClassifyValues", 0, 16, null)]
    public void Classify(string method, int input, int arena, string? expected) =>
        Expect(expected, () => _program.Method<ClassifyAt>(method)(new byte[100], input, arena));

    private static void Expect(string? expected, Action run)
    {
        if (expected is null)
        {
            run();
            return;
        }

        string message = Assert.Throws<ArgumentException>(run).Message;
        Assert.StartsWith(expected + " in memory", message, StringComparison.Ordinal);
        Assert.Contains("expected memory of its own for each", message, StringComparison.Ordinal);
    }
}
