namespace TinyQuant.Model.Tests.Operators;

/// <summary>Tensors of operators with state, and their models as text.</summary>
internal static class RecurrentGraphs
{
    public static Tensor State(string name, TensorType type, int[] shape, Quantization? quantization) =>
        new(name, type, [.. shape], quantization, isVariable: true);

    public static Tensor Like(Tensor tensor, int[] shape) => Make(tensor, tensor.Type, shape, tensor.Quantization);

    public static Tensor Like(Tensor tensor, TensorType type) =>
        Make(tensor, type, [.. tensor.Shape], tensor.Quantization);

    public static Tensor Like(Tensor tensor, Quantization quantization) =>
        Make(tensor, tensor.Type, [.. tensor.Shape], quantization);

    /// <summary>The operator of a model that has it alone, after it was written and read.</summary>
    public static Operator WriteAndRead(Operator op)
    {
        var graph = new Graph
        {
            Name = "recurrent",
            Tensors = [.. op.Inputs, .. op.Outputs],
            Inputs = [op.Inputs[0]],
            Outputs = op.Outputs,
            Operators = [op],
        };
        ModelReadResult result = ModelReader.Read(ModelWriter.Write(graph));
        Assert.Empty(result.Errors);
        return result.Graph!.Operators.Single();
    }

    private static Tensor Make(Tensor tensor, TensorType type, int[] shape, Quantization? quantization) =>
        tensor.IsVariable
        ? State(tensor.Name, type, shape, quantization)
        : Graphs.Tensor(tensor.Name, type, shape, tensor.IsConstant, quantization);
}
