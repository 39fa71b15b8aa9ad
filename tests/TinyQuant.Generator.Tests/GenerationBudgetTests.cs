using TinyQuant.Generator.Inspection;

namespace TinyQuant.Generator.Tests;

/// <summary>
/// What a small model may make: beyond it there is an error with the line, and constants of operators that are alike
/// are made once.
/// </summary>
public class GenerationBudgetTests
{
    [Fact]
    public void Tables_beyond_the_budget_are_refused_before_they_are_made() => Refuses(
        Resized("[1,1,2000000000,1]"),
        "(6,1): up to ResizeNearestNeighbor of 'y' the model makes 16000000208 bytes of code and constants; expected "
            + "at most 8388608 for the 0 bytes of its own constants");

    [Fact]
    public void Tables_of_a_large_picture_are_made() =>
        Assert.NotNull(ModelInspector.Inspect(Resized("[1,4096,4096,1]"), out _));

    [Fact]
    public void Code_beyond_the_budget_is_refused() => Refuses(
        Joined(200, 1_000), "up to Concatenation of 'y", "bytes of code and constants; expected at most 8388608");

    [Fact]
    public void Labels_beyond_the_budget_are_refused() => Refuses(
        Labelled(60_000), "(1,1): 60000 labels, 0 notes, 0 metrics, 1 inputs and 1 outputs make",
        "bytes of code; expected at most 8388608");

    [Fact]
    public void Spans_that_have_to_be_compared_in_pairs_are_refused_where_they_are_many() => Refuses(
        Many(400), "(1,1): 0 labels, 0 notes, 0 metrics, 1 inputs and 400 outputs make");

    [Fact]
    public void Weights_that_many_operators_share_are_baked_once_and_not_made_without_end()
    {
        InspectedModel few = ModelInspector.Inspect(Shared(operators: 3, depth: 100_000), out _)!;
        InspectedModel one = ModelInspector.Inspect(Shared(operators: 1, depth: 100_000), out _)!;
        Assert.InRange(few.BakedBytes, one.BakedBytes, one.BakedBytes + 100);
        Refuses(Shared(operators: 400, depth: 100_000),
            "bytes of weights that operators share, counted for each; expected at most");
    }

    [Fact]
    public void More_sums_than_are_searched_for_take_the_general_form()
    {
        GeneratorRun run = GeneratorRun.Of(
            Samples.Program("\"m.tqm\""), ("m.tqm", Sums(GenerationBudget.SearchedSums + 1)));
        Assert.Empty(run.Diagnostics);
        string code = run.Source(run.HintNames.Single(n => !n.Contains("weights", StringComparison.Ordinal)));
        Assert.Equal(GenerationBudget.SearchedSums, code.Split("Kernels::LinearAdd.Int8(").Length - 1);
        Assert.Equal(1, code.Split("Kernels::Add.Int8<").Length - 1);
        Assert.Contains("RunCore_Part4(input, output, arena);", code); // in parts of 256
    }

    [Fact]
    public void Names_that_become_one_identifier_get_numbers_in_order()
    {
        NameTable names = NameTable.ForType("Model");
        Assert.Equal(["a", "a_2", "a_3", "a_4"], new[] { "a", "a.", "a-", "a" }.Select(names.Camel));
        names.Reserve("B_2");
        Assert.Equal(["B", "B_3", "B_4"], new[] { "b", "B", "b" }.Select(names.Constant));
        Assert.Equal(["BWords_2"], new[] { "b words" }.Select(names.Constant));
    }

    private static void Refuses(string text, params string[] parts)
    {
        Assert.Null(ModelInspector.Inspect(text, out System.Collections.Immutable.ImmutableArray<string> errors));
        string error = Assert.Single(errors);
        Assert.All(parts, part => Assert.Contains(part, error));
    }

    private static string Text(params IEnumerable<string> lines) =>
        string.Join('\n', lines.Prepend("tinyquant-model 1")) + "\n";

    private static string Resized(string shape) => Text(
        "tensor x int8 [1,1,1,1] scale 1", $"tensor y int8 {shape} scale 1", "input x", "output y",
        "op ResizeNearestNeighbor x -> y");

    private static string Joined(int operators, int inputs) => Text([
        "tensor x float32 [1]", .. Enumerable.Range(0, operators).Select(i => $"tensor y{i} float32 [{inputs}]"),
        "input x", $"output y{operators - 1}",
        .. Enumerable.Range(0, operators)
        .Select(i => $"op Concatenation {string.Join(' ', Enumerable.Repeat("x", inputs))} -> y{i} axis=0")]);

    private static string Labelled(int labels) => Text(
        "labels " + string.Join(' ', Enumerable.Range(0, labels)), $"tensor x float32 [1,{labels}]",
        $"tensor y float32 [1,{labels}]", "input x", "output y", "op Relu x -> y");

    private static string Many(int outputs) => Text([
        "tensor x float32 [1]", .. Enumerable.Range(0, outputs).Select(i => $"tensor y{i} float32 [1]"), "input x",
        "output " + string.Join(' ', Enumerable.Range(0, outputs).Select(i => $"y{i}")),
        .. Enumerable.Range(0, outputs).Select(i => $"op Relu x -> y{i}")]);

    private static string Shared(int operators, int depth) => Text([
        $"tensor x int8 [1,{depth}] scale 0.1", $"tensor w int8 [2,{depth}] scale 0.1 data",
        "  " + Convert.ToBase64String(new byte[2 * depth]),
        .. Enumerable.Range(0, operators).Select(i => $"tensor y{i} int8 [1,2] scale 0.1"), "input x",
        $"output y{operators - 1}",
        .. Enumerable.Range(0, operators).Select(i => $"op FullyConnected x w -> y{i}")]);

    private static string Sums(int count) => Text([
        .. Enumerable.Range(0, count + 1).Select(i => $"tensor t{i} int8 [1,2] scale 0.5"), "input t0",
        $"output t{count}",
        .. Enumerable.Range(0, count).Select(i => $"op Add t{i} t{i} -> t{i + 1}")]);
}
