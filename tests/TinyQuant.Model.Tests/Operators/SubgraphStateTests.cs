namespace TinyQuant.Model.Tests.Operators;

/// <summary>Variable tensors of the graphs that operators run: those of one name are one state.</summary>
public class SubgraphStateTests
{
    private const string Delay = "op SignalDelay a s -> b";
    private const string Kept = "op ReadVariable s -> b\nop AssignVariable a -> s";

    [Fact]
    public void Graphs_share_what_has_one_name_and_write_it_again()
    {
        ModelReadResult read = Read("s int16 [2] variable", Delay, "s int16 [2] variable", Delay);

        Assert.Empty(read.Errors);
        Assert.Equal("s int16 [2]", Assert.Single(read.Graph!.States).ToString());
        Assert.Empty(ModelReader.Read(ModelWriter.Write(read.Graph)).Errors);
    }

    /// <summary>One that no run can reach is none.</summary>
    [Fact]
    public void A_branch_that_a_constant_leaves_out_has_no_state()
    {
        ModelReadResult read = Read(
            "s int16 [2] variable", Delay, "r int16 [3] variable", "op SignalDelay a r -> b",
            "c bool [1] data\n  AA==");

        Assert.Empty(read.Errors);
        Assert.Equal("r", Assert.Single(read.Graph!.States).Name);
    }

    [Theory]
    [InlineData("s int16 [3] variable", Delay)]
    [InlineData("s int16 [2] variable data\n  AQABAA==", Delay)]
    [InlineData("s int16 [2] scale 0.5 variable", Kept)]
    [InlineData("s int16 [2] variable", Kept)] // its owner would not know of it
    public void What_has_one_name_is_one_thing(string tensor, string operators)
    {
        ModelReadResult read = Read("s int16 [2] variable", Delay, tensor, operators);

        Assert.Contains("of the same name, which is one state; expected the same type, shape, scale and first value, "
            + "and operators that are alike", Assert.Single(read.Errors).Message, StringComparison.Ordinal);
    }

    private static ModelReadResult Read(
        string left, string leftOperators, string right, string rightOperators, string condition = "c bool [1]") =>
        ModelReader.Read($"""
            tinyquant-model 1
            {Subgraph("left", left, leftOperators)}
            {Subgraph("right", right, rightOperators)}
            tensor {condition}
            tensor x int16 [2]
            tensor y int16 [2]
            input {(condition.Contains("data", StringComparison.Ordinal) ? "x" : "c x")}
            output y
            op If c x -> y then=left else=right
            """);

    private static string Subgraph(string name, string state, string operators) => $"""
        subgraph {name}
        tensor a int16 [2]
        tensor b int16 [2]
        tensor {state}
        input a
        output b
        {operators}
        end
        """;
}
