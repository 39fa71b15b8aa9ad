namespace TinyQuant.Generator.Tests.Uses;

/// <summary>Uses that allocate or copy an arena: text and position of each warning, and uses that do neither.</summary>
public class ModelUseTests
{
    private const string Of = "'Tiny' and its arena of 24 bytes";

    [Theory]
    [InlineData("object o = model;", "TQ014 (6,21) model")]
    [InlineData("System.ValueType o = model;", "TQ014 (6,31) model")]
    [InlineData("string s = model.ToString()!;", "TQ014 (6,21) model.ToString()")]
    [InlineData("System.Console.WriteLine($\"{model}\");", "TQ014 (6,38) model")]
    [InlineData("System.Func<string?> name = model.ToString;", "TQ014 (6,38) model.ToString")]
    public async Task TQ014_boxed(string statement, string at)
    {
        IReadOnlyList<string> said = await UseRun.DiagnosticsAsync(Program(statement));
        Assert.Equal(at, Assert.Single(said).Split(": ")[0]);
        Assert.EndsWith(
            $": This puts a copy of {Of} on the heap; expected a use without a conversion, or a partial class", said[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TQ015_captured() => Assert.Equal(
        [$"TQ015 (6,36) model: The lambda captures 'model', which moves {Of} to the heap; expected a static or "
            + "other field, or a partial class"],
        await UseRun.DiagnosticsAsync(Program("System.Action act = () => model.Run(codes, scores);")));

    [Theory]
    [InlineData("Tiny other = model;", "TQ016 (6,23) model: This variable holds a copy of")]
    [InlineData("Tiny other; other = model; other.Run(codes, scores);", "TQ016 (6,30) model: This assignment copies")]
    [InlineData("var pair = (model, 1);", "TQ016 (6,22) model: This tuple holds a copy of")]
    [InlineData("System.Runtime.CompilerServices.Unsafe.AreSame(ref model, ref model); Generic(model);",
        "TQ016 (6,88) model: Parameter 'value' takes a copy of")]
    [InlineData("var all = new Tiny[1]; Tiny one = all[0];", "TQ016 (6,44) all[0]: This variable holds a copy of")]
    public async Task TQ016_copied_from_a_variable(string statement, string what) =>
        Assert.Equal([$"{what} {Of}; expected ref, or a partial class"],
            await UseRun.DiagnosticsAsync(Program(statement, "static void Generic<T>(T value) { }")));

    [Theory]
    [InlineData("static void Take(Tiny by) { }", "TQ016 (8,27) by: Parameter 'by' takes a copy of")]
    [InlineData("static void Take(in Tiny by) { }",
        "TQ016 (8,30) by: Parameter 'by' is read-only, so that every run copies")]
    [InlineData("static void Take(ref readonly Tiny by) { }",
        "TQ016 (8,40) by: Parameter 'by' is read-only, so that every run copies")]
    [InlineData("static Tiny Model { get; set; }", "TQ016 (8,17) Model: Property 'Model' returns a copy of")]
    [InlineData("static Tiny s_one; static Tiny Get() { return s_one; }", "TQ016 (8,51) s_one: This returns a copy of")]
    public async Task TQ016_copied_by_a_member(string member, string what) =>
        Assert.Equal(
            [$"{what} {Of}; expected ref, or a partial class"], await UseRun.DiagnosticsAsync(Program("", member)));

    [Fact]
    public async Task TQ016_is_said_once_where_the_parameter_is_declared_here() =>
        Assert.Single(await UseRun.DiagnosticsAsync(Program("Take(model);", "static void Take(Tiny by) { }")));

    [Theory]
    [InlineData("private readonly Tiny _model;", "TQ017 (8,27) _model: Field '_model'")]
    [InlineData("private static readonly Tiny s_model;", "TQ017 (8,34) s_model: Field 's_model'")]
    public async Task TQ017_readonly_field(string member, string what) => Assert.Equal(
        [$"{what} is readonly, so that every run copies {Of}; expected a field that is not, or a partial class"],
        await UseRun.DiagnosticsAsync(Program("", member)));

    [Theory]
    [InlineData("model.Run(codes, scores); Tiny.Run(codes, scores, new byte[24]); Take(ref model);",
        "static void Take(ref Tiny by) { by.Reset(); }")]
    [InlineData("ref Tiny other = ref model; other.Run(codes, scores);", "")]
    [InlineData("Tiny made = new(); Tiny zeros = default; Make(out Tiny filled);",
        "static void Make(out Tiny by) => by = default;")]
    [InlineData("System.Action act = () => { Tiny inner = default; inner.Run(codes, scores); };", "")]
    [InlineData("void Local() => model.Run(codes, scores); Local();", "")]
    [InlineData("", "private Tiny _one; private static Tiny s_one; private static ref Tiny One => ref s_one;")]
    [InlineData("object o = Tiny.Macs; System.Type t = typeof(Tiny);", "")]
    public async Task Uses_that_keep_the_arena_where_it_is_say_nothing(string statement, string member) =>
        Assert.Empty(
            await UseRun.DiagnosticsAsync(
                Program(statement,
                    member.Replace(" by.Reset();", " by.Run([0, 0, 0, 0], new sbyte[3]);", StringComparison.Ordinal))));

    [Fact]
    public async Task A_class_may_be_used_as_any_other() =>
        Assert.Empty(
            await UseRun.DiagnosticsAsync(
                Program("object o = model; System.Action act = () => model.Run(codes, scores);",
                    "static void Take(Tiny by) { } readonly Tiny _one = new();", "class")));

    /// <summary>The statement is line 6 from column 10, the member line 8 from column 5.</summary>
    internal static string Program(string statement, string member = "", string kind = "struct") => $$"""
        [TinyQuant.QuantizedModel("tiny.tqm")] internal partial {{kind}} Tiny;
        internal class User
        {
            public static void Use(sbyte[] codes, sbyte[] scores)
            { Tiny model = new(); model.Run(codes, scores);
                 {{statement}}
            }
            {{member}}
        }
        """;
}
