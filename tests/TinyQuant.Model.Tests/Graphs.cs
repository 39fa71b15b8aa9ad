using System.Collections.Immutable;
using CsCheck;
using TinyQuant.Tests;

namespace TinyQuant.Model.Tests;

/// <summary>Random valid graphs: chains of FullyConnected with odd names.</summary>
internal static class Graphs
{
    private static readonly string[] s_oddNames =
        ["", " ", "->", "=", "a=b", "a b", "\"", "\\", "\\u0041", "día", "日本", "😀", "\ud800", "\n", "\t", "\u2028",
            "\u007f",
         "scale", "data", "[1,2]", "x\"y", "'", "#", "op"];

    private static readonly Gen<string> s_name = Gen.OneOf(
        Gen.OneOfConst(s_oddNames), Gen.String, Gen.String.AlphaNumeric);

    private static readonly Gen<float> s_scale = Gen.OneOf(
        Gen.Float[1e-6f, 10f], Gen.OneOfConst(float.Epsilon, float.MaxValue, 1f / 3, 0.003921569f, 1.17549435e-38f));

    private static readonly Gen<Metric> s_metric = Gen.Select(
        s_name, Gen.OneOf(Gen.Double.Unit, Gen.OneOfConst(double.MaxValue, double.Epsilon, -0.0)), s_name,
        Gen.Int[0, int.MaxValue],
        (name, value, data, count) => new Metric(name, value, data, count));

    private static readonly Gen<FullyConnected> s_layer =
        from type in Gen.Enum<TensorType>()
        from rows in Gen.Int[1, 2]
        from depth in Gen.Int[1, 12]
        from outputs in Gen.Int[1, 12]
        from scales in s_scale.Array[outputs]
        from perChannel in Gen.Bool
        from hasBias in Gen.Bool
        from zero in Gen.Int[-128, 127]
        from activation in Gen.Enum<Activation>()
        from seed in Gen.Int
        select Layer(type, rows, depth, outputs, perChannel ? scales : [scales[0]], hasBias, zero, activation, seed);

    /// <summary>Models of several independent layers, with unique but odd tensor names.</summary>
    public static Gen<Graph> Any { get; } =
        from layers in s_layer.Array[1, 3]
        from names in s_name.Array[12]
        from name in s_name
        from notes in Gen.OneOf(s_name, Gen.String).Array[0, 3]
        from metrics in s_metric.Array[0, 2]
        from rounding in Gen.Enum<Rounding>()
        from hasLabels in Gen.Bool
        from labels in s_name.Select(HostileNames.Whole).Array[12]
        select Build(layers, names, name, notes, metrics, rounding, hasLabels ? labels : []);

    /// <summary>One int8 layer, two inputs to three outputs.</summary>
    public static Graph Small()
    {
        FullyConnected layer = Layer(TensorType.Int8, 1, 2, 3, [0.5f], true, 1, Activation.Relu, 7);
        return Build([layer], ["image", "w", "b", "scores"], "small", ["a note"], [new("accuracy", 0.5, "set", 3)],
            Rounding.Double, ["x", "y", "z"]);
    }

    /// <summary>The layer between tensors of these types and shapes; null takes the bias away.</summary>
    public static FullyConnected Layer(Tensor input, Tensor weights, Tensor? bias, Tensor output) =>
        new(bias is null ? [input, weights] : [input, weights, bias], output, Activation.None);

    /// <summary>A tensor; constant ones are zeros, int8 ones have a scale.</summary>
    public static Tensor Tensor(
        string name, TensorType type, int[] shape, bool constant = false, Quantization? quantization = null)
    {
        int bytes = shape.Aggregate(type.SizeInBytes(), (product, dimension) => product * dimension);
        bool hasCodes = type is TensorType.Int8 or TensorType.Int16;
        return new(name, type, [.. shape], quantization ?? (hasCodes ? new(0.5f, 0) : null),
            constant ? [.. new byte[Math.Max(0, bytes)]] : null);
    }

    private static FullyConnected Layer(
        TensorType weights, int rows, int depth, int outputs, float[] scales, bool hasBias, int zero,
        Activation activation, int seed)
    {
        // Int32 stands for the hybrid kind: float32 with int8 weights.
        TensorType values = weights == TensorType.Int8 ? TensorType.Int8 : TensorType.Float32;
        TensorType kernel = weights == TensorType.Float32 ? TensorType.Float32 : TensorType.Int8;
        Quantization? quantization = values == TensorType.Int8 ? new Quantization(scales[0], zero) : null;
        // Input and output have one scale, so the weights' is what a requantization multiplies by: less than 2^30. Its
        // product with the input's is a float32.
        float greatest = MathF.Min(1 << 29, float.MaxValue / 2 / scales[0]);
        float[] weightScales = values == TensorType.Int8
            ? [.. scales.Select(s => MathF.Min(s, greatest))]
            : [scales[0]];
        var random = new Random(seed);
        Tensor Constant(TensorType type, params int[] shape)
        {
            byte[] data = new byte[shape.Aggregate(type.SizeInBytes(), (a, b) => a * b)];
            random.NextBytes(data);
            return new("", type, [.. shape], type == TensorType.Int8 ? new Quantization([.. weightScales], 0, 0) : null,
                [.. data]);
        }

        var input = new Tensor("", values, [rows, depth], quantization);
        var output = new Tensor("", values, [rows, outputs], quantization);
        Tensor matrix = Constant(kernel, outputs, depth);
        TensorType biasType = values == TensorType.Int8 ? TensorType.Int32 : TensorType.Float32;
        return new(hasBias ? [input, matrix, Constant(biasType, outputs)] : [input, matrix], output, activation);
    }

    private static Graph Build(
        FullyConnected[] layers, string[] names, string name, string[] notes, Metric[] metrics, Rounding rounding,
        string[] labels)
    {
        var tensors = new List<Tensor>();
        Tensor Named(Tensor tensor)
        {
            string own = names[tensors.Count];
            while (tensors.Any(t => t.Name == own))
            {
                own += "'";
            }

            tensors.Add(new(own, tensor.Type, tensor.Shape, tensor.Quantization, tensor.Data));
            return tensors[^1];
        }

        ImmutableArray<Operator> operators = [.. layers.Select(l =>
            new FullyConnected([.. l.Inputs.Select(Named)], Named(l.Output), l.Activation))];
        return new()
        {
            Name = name,
            Notes = [.. notes],
            Metrics = [.. metrics],
            Rounding = rounding,
            Labels = labels.Length == 0 ? [] : [.. labels.Take(operators[0].Outputs[0].Shape[1])],
            Tensors = [.. tensors],
            Inputs = [.. operators.Select(o => o.Inputs[0])],
            Outputs = [.. operators.Select(o => o.Outputs[0])],
            Operators = operators,
        };
    }
}
