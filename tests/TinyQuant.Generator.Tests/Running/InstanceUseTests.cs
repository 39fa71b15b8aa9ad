using System.Reflection;

namespace TinyQuant.Generator.Tests.Running;

/// <summary>
/// One instance and two threads: a debug build throws, and a release build has nothing of it. A hook after the first
/// operator stands in for the scheduler, so that the second thread always comes while the first is inside.
/// </summary>
public sealed class InstanceUseTests
{
    private static readonly string[] s_debug = ["DEBUG", "TRACE"];

    public static TheoryData<string, string> Calls
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (string kind in new[] { "struct", "class" })
            {
                foreach (string call in new[] { "Run", "ClassifyCodes", "ClassifyPixels", "ClassifyValues" })
                {
                    calls.Add(kind, call);
                }
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_second_thread_gets_an_exception_and_the_first_its_answer(string kind, string call)
    {
        using LoadedProgram program = Load(kind, s_debug);
        Action second = program.Method<Action>(call);
        second();
        int[] alone = program.Method<Func<int[]>>("Answer")();

        Exception? thrown = null;
        Watch(program, () => thrown = InAnotherThread(second));
        int[] disturbed = program.Method<Func<int[]>>("Answer")();
        Watch(program, null);

        string message = Assert.IsType<InvalidOperationException>(thrown).Message;
        Assert.StartsWith(
            "Two calls run in one instance of 'Tiny' at the same time", message, StringComparison.Ordinal);
        Assert.Contains("AddScoped", message, StringComparison.Ordinal);
        Assert.Equal(alone, disturbed);
        Assert.Null(InAnotherThread(second)); // it was given back
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("class")]
    public void A_call_within_a_call_gets_it_too_and_gives_the_instance_back(string kind)
    {
        using LoadedProgram program = Load(kind, s_debug);
        Action run = program.Method<Action>("Run");
        Watch(program, run);
        Assert.Throws<InvalidOperationException>(run);
        Watch(program, null);
        run();
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("class")]
    public void An_exception_gives_the_instance_back(string kind)
    {
        using LoadedProgram program = Load(kind, s_debug);
        foreach (string wrong in new[] { "RunWrong", "ClassifyWrong" })
        {
            Assert.Throws<ArgumentException>(program.Method<Action>(wrong));
        }

        program.Method<Action>("Run")();
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("class")]
    public void Another_instance_is_free(string kind)
    {
        using LoadedProgram program = Load(kind, s_debug);
        Exception? thrown = new InvalidOperationException();
        Watch(program, () =>
        {
            Watch(program, null);
            thrown = InAnotherThread(program.Method<Action>("RunOther"));
        });
        program.Method<Action>("Run")();
        Assert.Null(thrown);
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("class")]
    public void State_is_not_reset_while_it_is_in_use(string kind)
    {
        using LoadedProgram program = Load(kind, s_debug, Samples.State, """
            public static float[] Sums()
            {
                float[] y = new float[1], all = new float[4];
                for (int i = 0; i < all.Length; i++)
                {
                    if (i == 3) s_model.Reset();
                    s_model.Run([i + 1], y);
                    all[i] = y[0];
                }
                return all;
            }
            public static void Reset() => s_model.Reset();
            """);
        Exception? thrown = null;
        Watch(program, () => thrown = InAnotherThread(program.Method<Action>("Reset")));
        Assert.Equal([1, 3, 5, 4], program.Method<Func<float[]>>("Sums")());
        Assert.IsType<InvalidOperationException>(thrown);
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("class")]
    public void It_allocates_nothing(string kind)
    {
        using LoadedProgram program = Load(kind, s_debug);
        Assert.Equal(0, program.Method<Func<long>>("Allocated")());
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("class")]
    public void A_release_build_has_nothing_of_it(string kind)
    {
        using LoadedProgram program = Load(kind, ["RELEASE", "TRACE"]);
        Assert.Equal(["_arena"], Fields(program));
        Exception? thrown = new InvalidOperationException();
        Watch(program, () =>
        {
            Watch(program, null);
            thrown = InAnotherThread(program.Method<Action>("Run"));
        });
        program.Method<Action>("Run")();
        Assert.Null(thrown);
        Assert.Equal(kind == "struct" ? 24 : 8, program.Method<Func<int>>("Size")());
        using LoadedProgram debug = Load(kind, s_debug);
        Assert.Equal(["_arena", "_isInUse"], Fields(debug));
    }

    private static IEnumerable<string> Fields(LoadedProgram program) =>
        program.Type("Tiny").GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(f => f.Name)
            .Order(StringComparer.Ordinal);

    private static LoadedProgram Load(string kind, string[] symbols, string? model = null, string? members = null) =>
        new(GeneratorRun.Traced($$"""
        [TinyQuant.QuantizedModel("tiny.tqm")] public partial {{kind}} Tiny;
        public static class Driver
        {
            private static Tiny s_model = new();

            public static void Watch(System.Action<int>? done) => Tiny.LayerDone = done;
            {{members ?? Classifier}}
        }
        """, symbols, ("/app/tiny.tqm", model ?? Samples.Int8)));

    private const string Classifier = """
            private static Tiny s_other = new();
            private static readonly sbyte[] s_codes = [1, -2, 3, 100], s_scores = new sbyte[3], s_others = new sbyte[3];
            private static readonly byte[] s_pixels = new byte[4];
            private static readonly float[] s_values = new float[4];

            public static void Run() => s_model.Run([5, 6, 7, 8], s_others);
            public static void RunOther() => s_other.Run([5, 6, 7, 8], s_others);
            public static void RunWrong() => s_model.Run(new sbyte[5], s_scores);
            public static void ClassifyWrong() => s_model.Classify(new float[5]);
            public static void ClassifyCodes() => s_model.Classify(s_codes);
            public static void ClassifyPixels() => s_model.Classify(s_pixels);
            public static void ClassifyValues() => s_model.Classify(s_values);
            public static int Size() => System.Runtime.CompilerServices.Unsafe.SizeOf<Tiny>();

            public static int[] Answer()
            {
                s_model.Run(s_codes, s_scores);
                return System.Array.ConvertAll(s_scores, s => (int)s);
            }

            public static long Allocated()
            {
                Classify();
                long before = System.GC.GetAllocatedBytesForCurrentThread();
                Classify();
                return System.GC.GetAllocatedBytesForCurrentThread() - before;

                static void Classify()
                {
                    for (int i = 0; i < 100; i++)
                    {
                        s_model.Run(s_codes, s_scores);
                        s_model.Classify(s_codes);
                        s_model.Classify(s_pixels);
                        s_model.Classify(s_values);
                    }
                }
            }
        """;

    /// <summary>Runs something inside of the next runs, after their first operator.</summary>
    private static void Watch(LoadedProgram program, Action? inside)
    {
        Action<int> afterFirst = step =>
        {
            if (step == 0)
            {
                inside!();
            }
        };
        program.Method<Action<Action<int>?>>("Watch")(inside is null ? null : afterFirst);
    }

    private static Exception? InAnotherThread(Action call)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(call));
        thread.Start();
        thread.Join();
        return thrown;
    }
}
