using Microsoft.CodeAnalysis.CodeFixes;
using TinyQuant.CodeFixes;

namespace TinyQuant.Generator.Tests.Uses;

/// <summary>Each code fix: what it is called, and the program that it leaves, which compiles.</summary>
public class CodeFixTests
{
    [Theory]
    [InlineData("private readonly Tiny _model;", "private Tiny _model;")]
    [InlineData("private static readonly Tiny s_model;", "private static Tiny s_model;")]
    public Task TQ017_remove_readonly(string before, string after) =>
        Member(before, after, new ReadonlyFieldFix(), "Remove 'readonly'");

    [Fact]
    public async Task TQ017_in_a_readonly_struct_has_no_fix() =>
        Assert.True(await UseRun.OffersNothingAsync(
            ModelUseTests.Program("", "private readonly struct Holder { private readonly Tiny _model; }"),
            new ReadonlyFieldFix()));

    [Theory]
    [InlineData("static void Take(Tiny by) { }", "Take(model); Take(by: model);", "static void Take(ref Tiny by) { }",
        "Take(ref model); Take(by: ref model);")]
    [InlineData("static void Take(int n, in Tiny by) { }", "Take(1, in model); Take(2, model);",
        "static void Take(int n, ref Tiny by) { }", "Take(1, ref model); Take(2, ref model);")]
    [InlineData("static void Take(ref readonly Tiny by) { }", "Take(in model);", "static void Take(ref Tiny by) { }",
        "Take(ref model);")]
    public async Task TQ016_parameter_by_ref_and_its_calls(
        string member, string calls, string changedMember, string changedCalls) => Assert.Equal(
        ModelUseTests.Program(changedCalls, changedMember),
        await UseRun.FixAsync(ModelUseTests.Program(calls, member), new ByRefFix(), "Pass 'by' by ref"));

    [Fact]
    public async Task TQ016_a_parameter_that_an_interface_asks_for_has_no_such_fix() =>
        Assert.True(await UseRun.OffersNothingAsync(
        ModelUseTests.Program("", "private interface ITake { void Take(Tiny by); }"), new ByRefFix()));

    [Fact]
    public async Task TQ016_ref_local() => Assert.Equal(
        ModelUseTests.Program("ref Tiny other = ref model; other.Run(codes, scores);"),
        await UseRun.FixAsync(
            ModelUseTests.Program("Tiny other = model; other.Run(codes, scores);"), new ByRefFix(), "Use a ref local"));

    [Fact]
    public Task TQ016_return_by_ref() => Member(
        "static Tiny s_one; static Tiny One => s_one;", "static Tiny s_one; static ref Tiny One => ref s_one;",
        new ByRefFix(), "Return by ref");

    [Theory]
    [InlineData("object o = model;")]
    [InlineData("System.Action act = () => model.Run(codes, scores);")]
    public async Task TQ014_and_TQ015_make_the_model_a_class(string statement) => Assert.Equal(
        ModelUseTests.Program(statement, "static Tiny s_one = new(); Tiny _two = new(), _three = new Tiny();", "class"),
        await UseRun.FixAsync(
            ModelUseTests.Program(statement, "static Tiny s_one; Tiny _two = default, _three = default(Tiny);"),
            new ModelClassFix(), "Make 'Tiny' a class"));

    private static async Task Member(string before, string after, CodeFixProvider fix, string title) =>
        Assert.Equal(
            ModelUseTests.Program("", after), await UseRun.FixAsync(ModelUseTests.Program("", before), fix, title));
}
