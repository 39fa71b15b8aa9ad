namespace TinyQuant.Model.Tests.Operators;

/// <summary>If and While, and the graphs that they run, in a model file.</summary>
public class SubgraphTests
{
    [Fact]
    public void Graphs_stand_before_what_runs_them_and_are_written_again()
    {
        string text = """
            tinyquant-model 1
            name m
            rounding double

            subgraph inner
            tensor a float32 [1]
            tensor b float32 [1]
            input a
            output b
            op Abs a -> b
            end

            subgraph other
            tensor a float32 [1]
            tensor b float32 [1]
            input a
            output b
            op Relu a -> b
            end

            subgraph left
            tensor c bool [1] data
              AQ==
            tensor a float32 [1]
            tensor b float32 [1]
            input a
            output b
            op If c a -> b then=inner else=other
            end

            subgraph right
            tensor x float32 [1]
            tensor w float32 [1] data
              AACAPw==
            tensor y float32 [1]
            input x
            output y
            op Mul x w -> y
            end

            tensor c bool [1]
            tensor x float32 [1]
            tensor y float32 [1]

            input c x
            output y
            op If c x -> y then=left else=right

            """;

        ModelReadResult read = ModelReader.Read(text);

        Assert.Empty(read.Errors);
        Assert.Equal(text, ModelWriter.Write(read.Graph!));
        Assert.Equal(1 + sizeof(float), read.Graph!.ConstantBytes);
    }

    [Theory]
    [InlineData("op If c x -> y then=left else=nothing", "",
        "'nothing' is not a value of 'else'; expected the name of a subgraph above")]
    [InlineData("op If c x -> y then=left", "", "'If' has no attribute 'else'; expected else=")]
    [InlineData("op If c x -> y then=left else=left", "",
        "If: the subgraph 'left' is another operator's too; expected one of its own")]
    [InlineData("op If x x -> y then=left else=right", "", "If: 'x' is float32; expected bool")]
    [InlineData("op If d x -> y then=left else=right", "",
        "If: the condition 'd' [2] has 2 elements; expected one")]
    [InlineData("op If c x x -> y then=left else=right", "",
        "If: the inputs of 'then' are 1; expected 2, as what it is given are")]
    [InlineData("op If c d -> y then=left else=right", "",
        "If: the inputs of 'then' have 'a float32 [1]' where what it is given have 'd bool [2]'; expected the same "
        + "type "
            + "and as many elements")]
    [InlineData("op While x -> y cond=left body=right", "", "While: 'b' is float32; expected bool")]
    [InlineData("op Relu x -> y", "subgraph left\nend", "there is already a subgraph 'left'; expected another name")]
    [InlineData("op Relu x -> y", "end", "no subgraph is open; expected 'subgraph' and its name above")]
    [InlineData("op Relu x -> y", "subgraph a\nname z\nend",
        "'name' stands in a subgraph; expected tensor, input, output, op or end")]
    [InlineData("op Relu x -> y", "subgraph a\nsubgraph b\nend", "a subgraph begins in 'a'; expected 'end' before it")]
    [InlineData("op Relu x -> y\nsubgraph a", "",
        "the subgraph 'a' has no end; expected a line 'end' behind its last statement")]
    public void What_does_not_fit(string operators, string before, string message)
    {
        string graphs = string.Concat(((string[])["left", "right"]).Select(name => $"""
            subgraph {name}
            tensor a float32 [1]
            tensor b float32 [1]
            input a
            output b
            op Abs a -> b
            end

            """));

        ModelReadResult read = ModelReader.Read($"""
            tinyquant-model 1
            {graphs}
            {before}
            tensor c bool [1]
            tensor d bool [2]
            tensor x float32 [1]
            tensor y float32 [1]
            input c d x
            output y
            {operators}
            """);

        Assert.Contains(message, read.Errors.Select(e => e.Message));
    }

    [Fact]
    public void A_graph_has_a_name_of_few_characters()
    {
        Tensor x = new("x", TensorType.Float32, [1]), y = new("y", TensorType.Float32, [1]);

        Assert.Equal(["If: 'a b' is not the name of a subgraph; expected letters, digits, '_', '.' and '-'"],
            GraphValidator.Validate(Model(Branch("a b"), x, y)).Select(e => e.Message));
    }

    [Fact]
    public void Graphs_lie_no_deeper_in_each_other_than_a_limit()
    {
        Tensor x = new("x", TensorType.Float32, [1]), y = new("y", TensorType.Float32, [1]);
        Graph inner = Branch("g0");
        for (int i = 1; i < ModelLimits.SubgraphDepth; i++)
        {
            inner = Model(inner, new("x", TensorType.Float32, [1]), new("y", TensorType.Float32, [1])) with { Name = $"g{i}" };
        }

        Assert.Empty(GraphValidator.Validate(Model(inner, x, y)));
        Assert.Contains("deep in others", Assert.Single(GraphValidator.Validate(
            Model(Model(inner, x, y) with { Name = "last" }, x, y))).Message, StringComparison.Ordinal);
    }

    private static Graph Branch(string name)
    {
        Tensor a = new("a", TensorType.Float32, [1]), b = new("b", TensorType.Float32, [1]);
        return new Graph { Name = name, Tensors = [a, b], Inputs = [a], Outputs = [b], Operators = [new Abs(a, b)] };
    }

    private static Graph Model(Graph branch, Tensor x, Tensor y)
    {
        var condition = new Tensor("c", TensorType.Bool, [1], data: [1]);
        return new Graph
        {
            Tensors = [condition, x, y],
            Inputs = [x],
            Outputs = [y],
            Operators = [new If([condition, x], [y], branch, Branch(branch.Name + "-else"))],
        };
    }
}
