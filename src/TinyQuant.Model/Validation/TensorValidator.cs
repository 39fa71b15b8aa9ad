namespace TinyQuant.Model;

/// <summary>Checks what holds of each tensor by itself, so that the checks of operators can rely on it.</summary>
internal static class TensorValidator
{
    /// <summary>
    /// What is wrong with the tensors of a graph, and with the operators' and the graph's references to them.
    /// </summary>
    public static IEnumerable<(Tensor Tensor, string Message)> Validate(Graph graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Tensor tensor in graph.Tensors)
        {
            if (!names.Add(tensor.Name))
            {
                yield return (tensor, $"there are two tensors '{tensor.Name}'; expected names of their own");
            }

            if (Error(tensor) is { } message)
            {
                yield return (tensor, $"tensor '{tensor.Name}' {message}");
            }
        }

        var known = new HashSet<Tensor>(graph.Tensors);
        foreach (Tensor tensor in graph.Operators.SelectMany(o => o.Inputs.Concat(o.Outputs))
            .Concat(graph.Inputs).Concat(graph.Outputs))
        {
            if (known.Add(tensor))
            {
                yield return (tensor, $"tensor '{tensor.Name}' is not one of the graph's tensors");
            }
        }
    }

    private static string? Error(Tensor tensor)
    {
        if (tensor.Shape.Length > ModelLimits.Dimensions || tensor.Shape.Any(d => d < 1))
        {
            return $"has a shape of {tensor.Shape.Length} dimensions; expected at most {ModelLimits.Dimensions}, "
                + "each at least 1";
        }

        if (!Fits(tensor.Type, tensor.Shape))
        {
            return $"of shape {tensor.ShapeText} is too large; expected at most {ModelLimits.TensorBytes} bytes";
        }

        if (Int4Data.GroupError(tensor) is { } groups)
        {
            return groups;
        }

        int bytes = tensor.ByteLength;
        if (tensor.Data is { } data && data.Length != bytes)
        {
            return Invariant($"has {data.Length} bytes of data; its type and shape expect {bytes}");
        }

        if (tensor.Type.IsStorage() && !tensor.IsConstant)
        {
            return $"is {tensor.Type.ToName()} and has no data; expected a constant, or a type that computes";
        }

        return (tensor.Quantization is { } quantization ? Error(quantization, tensor) : null)
            ?? Int4Data.DataError(tensor);
    }

    /// <summary>The bytes of one element in the type that it computes in.</summary>
    internal static int ComputedBytes(TensorType type) =>
        type == TensorType.Float16 ? sizeof(float) : type.SizeInBytes();

    /// <summary>
    /// Whether the elements, in the type that they compute in, stay within <see cref="ModelLimits.TensorBytes"/>.
    /// </summary>
    internal static bool Fits(TensorType type, IEnumerable<int> shape)
    {
        long bytes = ComputedBytes(type);
        foreach (int dimension in shape)
        {
            bytes *= dimension;
            if (bytes > ModelLimits.TensorBytes)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Error(Quantization quantization, Tensor tensor)
    {
        // A channel of weights that are all zero may have scale 0: what it gives is the zero point.
        bool mayBeZero = quantization.IsPerChannel && tensor.IsConstant;
        if (quantization.Scales.IsEmpty
            || quantization.Scales.Any(s => !(s > 0 || (s == 0 && mayBeZero)) || float.IsInfinity(s)))
        {
            return "has a scale that is not positive and finite, or none";
        }

        if (quantization.IsPerChannel && (quantization.Axis < 0 || quantization.Axis >= tensor.Shape.Length
            || tensor.Shape[quantization.Axis] != quantization.Scales.Length))
        {
            return $"has {quantization.Scales.Length} scales; expected one, or one for each slice along axis "
                + Invariant($"{quantization.Axis} of {tensor.ShapeText}");
        }

        (int min, int max) = tensor.Type.ZeroPoints();
        return quantization.ZeroPoint < min || quantization.ZeroPoint > max
            ? Invariant($"has zero point {quantization.ZeroPoint}; expected one from {min} to {max}")
            : null;
    }
}
