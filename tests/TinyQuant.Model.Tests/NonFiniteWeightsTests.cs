namespace TinyQuant.Model.Tests;

/// <summary>Which constants are told to hold what is no finite number.</summary>
public class NonFiniteWeightsTests
{
    private const string Nan = "AADAfw==";
    private const string Infinity = "AACAfw==";

    [Theory]
    [InlineData("op Mul x c -> y", Nan, 1, 0)]
    [InlineData("op Mul x c -> y", Infinity, 0, 1)]
    [InlineData("op Maximum x c -> y", Nan, 1, 0)]
    public void A_constant_that_spoils_outputs(string op, string data, int nans, int infinities)
    {
        NonFiniteWeights found = Assert.Single(NonFiniteWeights.Of(Read("float32", op, data)));
        Assert.Equal(("c", nans, infinities), (found.Tensor.Name, found.NaNs, found.Infinities));
    }

    [Theory]
    [InlineData("op Maximum x c -> y", Infinity)]
    [InlineData("op Add x c -> y", Infinity)]
    [InlineData("op Mul x c -> y", "//9/fw==")] // the greatest number
    public void A_constant_that_may_be_meant(string op, string data) =>
        Assert.Empty(NonFiniteWeights.Of(Read("float32", op, data)));

    [Fact]
    public void Float16_counts_as_what_it_stands_for()
    {
        NonFiniteWeights found = Assert.Single(NonFiniteWeights.Of(Read("float16", "op Mul x c -> y", "AHw=")));
        Assert.Equal(
            "Constant 'c' [1,1] holds 1 of 1 values that are not finite (0 NaN, 1 infinite), which spoil every "
            + "output that they reach; "
            + "expected finite numbers: a training that ends with such weights has failed", found.ToString());
    }

    [Fact]
    public void A_graph_that_is_run_is_looked_at()
    {
        string Subgraph(string name, string data) => $"subgraph {name}\ntensor a float32 [1,1]\ntensor c float32 [1,1] "
            + $"data\n  {data}\ntensor b float32 [1,1]\ninput a\noutput b\nop Mul a c -> b\nend\n";
        ModelReadResult read = ModelReader.Read(
            $"tinyquant-model 1\nname m\n{Subgraph("left", Nan)}{Subgraph("right", "AACAPw==")}tensor when bool [1]\n"
                + "tensor x float32 [1,1]\ntensor y float32 [1,1]\ninput when x\noutput y\n"
                + "op If when x -> y then=left else=right\n");

        Assert.Empty(read.Errors);
        Assert.Equal(1, Assert.Single(NonFiniteWeights.Of(read.Graph!)).NaNs);
    }

    private static Graph Read(string type, string op, string data)
    {
        ModelReadResult read = ModelReader.Read(
            $"tinyquant-model 1\nname m\ntensor x float32 [1,1]\ntensor c {type} [1,1] data\n  {data}\ntensor y "
                + $"float32 [1,1]\ninput x\noutput y\n{op}\n");
        Assert.Empty(read.Errors);
        return read.Graph!;
    }
}
