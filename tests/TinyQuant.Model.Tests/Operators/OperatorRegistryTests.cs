namespace TinyQuant.Model.Tests.Operators;

/// <summary>Every class of an operator is registered, and can be used for what its schema says.</summary>
public sealed class OperatorRegistryTests
{
    [Fact]
    public void Every_operator_is_registered() => Assert.Equal(
        typeof(Operator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Operator)) && t.IsSealed)
            .Select(t => t.Name)
            .Order(StringComparer.Ordinal),
        OperatorRegistry.Kinds);

    [Fact]
    public void No_attribute_has_a_word_twice() => Assert.All(OperatorRegistry.All, schema =>
    {
        string[] keys = [.. schema.Attributes.SelectMany(a => a.Words).Select(w => w.Key)];
        Assert.Equal(keys.Distinct(), keys);
    });

    [Fact]
    public void With_checks_the_number_of_tensors()
    {
        var op = new Relu(
            Graphs.Tensor("x", TensorType.Float32, [2]), Graphs.Tensor("y", TensorType.Float32, [2]), line: 7);

        var error = Assert.Throws<ArgumentException>(() => op.With([], op.Outputs));
        Assert.Equal("Relu has 0 inputs and 1 outputs; expected 1 and 1.", error.Message);
        Assert.Equal(7, op.With(op.Inputs, op.Outputs).Line);
    }

    [Fact]
    public void Attributes_out_of_range_are_errors_of_the_graph()
    {
        Tensor x = Graphs.Tensor("x", TensorType.Float32, [1, 4, 4, 1]);
        Tensor y = Graphs.Tensor("y", TensorType.Float32, [1, 4, 4, 1]);
        var graph = new Graph
        {
            Tensors = [x, y],
            Inputs = [x],
            Outputs = [y],
            Operators = [new MaxPool2D(x, y, (1, 1), new WindowOptions(StrideHeight: 0))],
        };

        Assert.Equal(
            "MaxPool2D: '0' is not a value of 'stride'; expected integers from 1 to 65536, as in 1,2",
            Assert.Single(GraphValidator.Validate(graph)).Message);
    }
}
