using TinyQuant.Model;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>What a line of sweeps is about: a model of one operator, and its input.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Inputs">The bytes of its inputs.</param>
internal sealed record SweepModel(Graph Graph, byte[][] Inputs)
{
    private const int Codes = 256;

    /// <summary>The model of a line; null where there is no such operator.</summary>
    /// <param name="name">OPERATOR-TYPE, or OPERATOR-TYPE_TYPE of input and output.</param>
    /// <param name="line">Scales and attributes.</param>
    /// <param name="rounding">The model's.</param>
    public static SweepModel? Of(string name, SweepLine line, Rounding rounding)
    {
        string kind = name.Split('-')[0];
        string[] types = name.Split('-')[1].Split('_');
        TensorType from = Type(types[0]);
        TensorType to = Type(types[^1]);
        return kind switch
        {
            "EQUAL" or "GREATER_EQUAL" or "LESS" => Comparison(kind, line, rounding),
            "LOG_SOFTMAX" => LogSoftmax(line, rounding),
            "ADD" or "SUB" or "MUL" or "SQUARED_DIFFERENCE" => Pairs(kind, line, from, rounding),
            "PRELU" => Prelu(line, rounding),
            "SOFTMAX" or "L2_NORMALIZATION" => Rows(kind, line, rounding),
            "MEAN" or "SUM" => Reduction(kind, line, rounding),
            "FULLY_CONNECTED" or "CONV_2D" or "DEPTHWISE_CONV_2D" or "TRANSPOSE_CONV" =>
                SweepProducts.Of(kind, line, rounding),
            _ => Codewise(kind, line, from, to, rounding),
        };
    }

    /// <summary>A model of an operator over all of its tensors.</summary>
    public static SweepModel Of(Operator op, Rounding rounding, params byte[][] inputs) => new(
        new Graph
        {
            Name = "sweep",
            Rounding = rounding,
            Tensors = [.. op.Inputs, .. op.Outputs],
            Inputs = [.. op.Inputs.Where(t => !t.IsConstant)],
            Outputs = op.Outputs,
            Operators = [op],
        },
        inputs);

    public static Activation Activation(SweepLine line) => line.Text("activation") switch
    {
        "RELU" => Model.Activation.Relu,
        "RELU6" => Model.Activation.Relu6,
        "RELU_N1_TO_1" => Model.Activation.ReluN1To1,
        _ => Model.Activation.None,
    };

    private static SweepModel? Codewise(string kind, SweepLine line, TensorType from, TensorType to, Rounding rounding)
    {
        Func<Tensor, Tensor, Operator>? make = kind switch
        {
            "ABS" => (x, y) => new Abs(x, y),
            "ELU" => (x, y) => new Elu(x, y),
            "HARD_SWISH" => (x, y) => new HardSwish(x, y),
            "LEAKY_RELU" => (x, y) => new LeakyRelu(x, y, line.Float("alpha")),
            "LOGISTIC" => (x, y) => new Logistic(x, y),
            "QUANTIZE" => (x, y) => new Quantize(x, y),
            "RELU" => (x, y) => new Relu(x, y),
            "RELU6" => (x, y) => new Relu6(x, y),
            "TANH" => (x, y) => new Tanh(x, y),
            _ => null,
        };
        byte[] input = from == TensorType.Int16 ? SweepInputs.Int16 : SweepInputs.Int8;
        int[] shape = [1, input.Length / from.SizeInBytes()];
        if (make is null)
        {
            return null;
        }

        Tensor x = new("x", from, [.. shape], line.Quantization("input"));
        return Of(make(x, new Tensor("y", to, [.. shape], line.Quantization("output"))), rounding, input);
    }

    private static SweepModel Pairs(string kind, SweepLine line, TensorType type, Rounding rounding)
    {
        int[] shape = type == TensorType.Int16 ? [1, 8192] : [1, Codes, Codes];
        Tensor left = new("left", type, [.. shape], line.Quantization("left"));
        Tensor right = new("right", type, [.. shape], line.Quantization("right"));
        Tensor y = new("y", type, [.. shape], line.Quantization("output"));
        Operator op = kind switch
        {
            "ADD" => new Add([left, right], y, Activation(line)),
            "SUB" => new Sub([left, right], y, Activation(line)),
            "SQUARED_DIFFERENCE" => new SquaredDifference([left, right], y),
            _ => new Mul([left, right], y, Activation(line)),
        };
        return type == TensorType.Int16
            ? Of(op, rounding, Noise("left noise"), Noise("right noise"))
            : Of(op, rounding, SweepInputs.Left, SweepInputs.Right);

        byte[] Noise(string heading) => SweepInputs.Noise(line.Integer(heading), left.ByteLength);
    }

    private static SweepModel Comparison(string kind, SweepLine line, Rounding rounding)
    {
        Tensor left = new("left", TensorType.Int8, [1, Codes, Codes], line.Quantization("left"));
        Tensor right = new("right", TensorType.Int8, left.Shape, line.Quantization("right"));
        Tensor y = new("y", TensorType.Bool, left.Shape);
        Operator op = kind switch
        {
            "EQUAL" => new Equal([left, right], y),
            "LESS" => new Less([left, right], y),
            _ => new GreaterEqual([left, right], y),
        };
        return Of(op, rounding, SweepInputs.Left, SweepInputs.Right);
    }

    private static SweepModel LogSoftmax(SweepLine line, Rounding rounding)
    {
        int[] shape = [line.Integer("rows"), line.Integer("length")];
        Tensor x = new("x", TensorType.Int8, [.. shape], line.Quantization("input"));
        Tensor y = new("y", TensorType.Int8, x.Shape, new(16f / 256, 127));
        return Of(new LogSoftmax(x, y), rounding, SweepInputs.Noise(line.Integer("noise"), x.ByteLength));
    }

    private static SweepModel Prelu(SweepLine line, Rounding rounding)
    {
        Tensor x = new("x", TensorType.Int8, [1, Codes, Codes], line.Quantization("input"));
        Tensor slope = new("slope", TensorType.Int8, [Codes], line.Quantization("slope"), [.. SweepInputs.Int8]);
        Tensor y = new("y", TensorType.Int8, x.Shape, line.Quantization("output"));
        return Of(new Prelu([x, slope], y), rounding, SweepInputs.Left);
    }

    private static SweepModel Rows(string kind, SweepLine line, Rounding rounding)
    {
        int[] shape = [line.Integer("rows"), line.Integer("length")];
        Tensor x = new("x", TensorType.Int8, [.. shape], line.Quantization("input"));
        Quantization quantization = kind == "SOFTMAX" ? new(1f / 256, -128) : new(1f / 128, 0);
        Tensor y = new("y", TensorType.Int8, x.Shape, quantization);
        Operator op = kind == "SOFTMAX" ? new Softmax(x, y, line.Float("beta")) : new L2Normalization(x, y);
        return Of(op, rounding, SweepInputs.Noise(line.Integer("noise"), x.ByteLength));
    }

    private static SweepModel Reduction(string kind, SweepLine line, Rounding rounding)
    {
        int channels = line.Integer("channels");
        int[] shape = [1, line.Integer("reduced elements"), 1, channels];
        Tensor x = new("x", TensorType.Int8, [.. shape], line.Quantization("input"));
        Tensor y = new("y", TensorType.Int8, [1, channels], line.Quantization("output"));
        Operator op = kind == "MEAN" ? new Mean(x, y, [1, 2], keepDims: false) : new Sum(x, y, [1, 2], keepDims: false);
        return Of(op, rounding, SweepInputs.Noise(line.Integer("noise"), x.ByteLength));
    }

    private static TensorType Type(string name) => name == "int16" ? TensorType.Int16 : TensorType.Int8;
}
