using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests;

/// <summary>Outputs that no operator computes, or that have two names: each becomes a tensor of its own.</summary>
public sealed class OutputTests
{
    private readonly FlatModel _model = new();

    [Fact]
    public void An_input_is_copied()
    {
        int x = _model.Int8("x", 1, 2);

        AssertOperators(_model.Build([x], [x]), ["x_2"], "Reshape x -> x_2");
    }

    [Fact]
    public void A_tensor_named_twice_is_copied_once()
    {
        int x = _model.Int8("x", 1, 2);
        int y = _model.Int8("y", 1, 2);
        _model.Operator(BuiltinOperator.RELU, [x], [y]);

        AssertOperators(_model.Build([x], [y, y]), ["y", "y_2"], "Relu x -> y", "Reshape y -> y_2");
    }

    [Fact]
    public void Constants_and_what_is_folded_are_copied_each_time()
    {
        int x = _model.Int8("x", 1, 2);
        int shape = _model.Tensor("shape", TfliteType.Int32, [2]);
        int half = _model.Tensor("half", TfliteType.Float16, [1], data: [0, 60]);
        int real = _model.Tensor("real", TfliteType.Float32, [1]);
        _model.Operator(BuiltinOperator.SHAPE, [x], [shape]);
        _model.Operator(BuiltinOperator.DEQUANTIZE, [half], [real], 38);

        Graph graph = AssertOperators(_model.Build([x], [shape, real, shape]), ["shape_2", "real_2", "shape_3"],
            "Reshape shape -> shape_2", "Reshape real -> real_2", "Reshape shape -> shape_3");
        Assert.Equal([TensorType.Int32, TensorType.Float32, TensorType.Int32], graph.Outputs.Select(t => t.Type));
    }

    [Fact]
    public void What_has_a_scale_for_each_channel_is_copied_without()
    {
        int x = _model.Int8("x", 1, 2);
        int weights = _model.Tensor("w", TfliteType.Int8, [2, 1], [0.5f, 0.25f], [0, 0], data: [1, 2]);

        Graph graph = AssertOperators(_model.Build([x], [weights]), ["w_2_2"], "Reshape w_2 -> w_2_2");
        Assert.Null(Assert.Single(graph.Outputs).Quantization);
    }

    private static Graph AssertOperators(byte[] file, string[] outputs, params string[] operators)
    {
        ImportResult result = TfliteImporter.Import(file);
        Assert.Empty(result.Errors);
        Assert.Equal(outputs, result.Graph!.Outputs.Select(t => t.Name));
        Assert.Equal(operators, result.Graph.Operators.Select(o =>
            $"{o.Kind} {string.Join(' ', o.Inputs.Select(t => t.Name))} -> {o.Outputs.Single().Name}"));
        return result.Graph;
    }
}
