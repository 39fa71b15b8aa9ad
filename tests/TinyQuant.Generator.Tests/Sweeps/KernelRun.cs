using TinyQuant.Kernels;
using TinyQuant.Model;
using Runtime = TinyQuant.Kernels;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>
/// Makes the call that the generator writes for a model of one operator, without a compiler in between: kernel,
/// constants and numbers are read from the text of the call, so that what is tried is what is generated.
/// </summary>
internal static class KernelRun
{
    /// <summary>The bytes of the output.</summary>
    public static byte[] Of(Graph graph, byte[][] inputs)
    {
        LoweredModel model = ModelLowering.Lower(
            GraphValidator.Require(graph), NameTable.ForType("Sweep"), CancellationToken.None);
        KernelCall call = Assert.Single(model.Calls);
        var spans = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (Constant constant in model.Constants)
        {
            spans.Add(constant.Name, constant.Data);
        }

        foreach (ArenaBuffer buffer in call.Buffers)
        {
            spans.Add(buffer.Identifier, new byte[buffer.Bytes]);
        }

        foreach ((CallerSpan span, byte[] bytes) in model.CallerSpans.Where(s => s.IsInput).Zip(inputs))
        {
            spans.Add(span.Name, bytes);
        }

        CallerSpan output = Assert.Single(model.CallerSpans, s => !s.IsInput);
        var codes = new byte[output.Tensor.ByteLength];
        spans.Add(output.Name, codes);
        var arguments = new KernelArguments(call, spans);
        if (call.Method.Contains("Single", StringComparison.Ordinal))
        {
            Run<SingleRounding, RequantSingle>(call.Method, arguments);
        }
        else
        {
            Run<DoubleRounding, RequantDouble>(call.Method, arguments);
        }

        return codes;
    }

    private static void Run<TRounding, TRequantizer>(string method, KernelArguments a)
        where TRounding : struct, IFixedPointRounding
        where TRequantizer : struct, IRequantizer
    {
        switch (method.Split('<')[0])
        {
            case "Kernels::LookupTable.Int8":
                Runtime.LookupTable.Int8(a.Span<sbyte>(0), a.Span<sbyte>(1), a.Span<sbyte>(2));
                break;
            case "Kernels::Requantize.Run" when method.Contains("<short, sbyte,", StringComparison.Ordinal):
                Runtime.Requantize.Run<short, sbyte, TRounding>(
                    a.Span<short>(0), a.Number(1), a.Number(2), a.Number(3), a.Number(4), a.Span<sbyte>(5));
                break;
            case "Kernels::Requantize.Run" when method.Contains("<sbyte, short,", StringComparison.Ordinal):
                Runtime.Requantize.Run<sbyte, short, TRounding>(
                    a.Span<sbyte>(0), a.Number(1), a.Number(2), a.Number(3), a.Number(4), a.Span<short>(5));
                break;
            case "Kernels::Softmax.Int8":
                Runtime.Softmax.Int8(a.Span<sbyte>(0), a.Number(1), a.Span<int>(2), a.Span<sbyte>(3));
                break;
            case "Kernels::L2Normalization.Int8":
                Runtime.L2Normalization.Int8<TRounding>(a.Span<sbyte>(0), a.Number(1), a.Number(2), a.Span<sbyte>(3));
                break;
            case "Kernels::Reduction.Int8":
                Runtime.Reduction.Int8<TRounding>(
                    a.Span<sbyte>(0), a.View(1), a.View(2), a.Number(3), a.Number(4), a.Number(5), a.Number(6),
                    a.Span<sbyte>(7));
                break;
            case "Kernels::LinearAdd.Int8":
                LinearAdd.Int8(a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2), Linear(a), a.Span<sbyte>(4));
                break;
            case "Kernels::Add.Int8":
                Runtime.Add.Int8<TRounding>(
                    a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2), Sum(a), a.Span<sbyte>(4));
                break;
            case "Kernels::Add.SubInt8":
                Runtime.Add.SubInt8<TRounding>(
                    a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2), Sum(a), a.Span<sbyte>(4));
                break;
            case "Kernels::Mul.Int8":
                Runtime.Mul.Int8<TRounding>(
                    a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2), Product(a), a.Span<sbyte>(4));
                break;
            case "Kernels::Prelu.Int8":
                Runtime.Prelu.Int8<TRounding>(
                    a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2), Slope(a), a.Span<sbyte>(4));
                break;
            case "Kernels::SquaredDifference.Int8":
                Runtime.SquaredDifference.Int8<TRounding>(
                    a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2), Difference(a), a.Span<sbyte>(4));
                break;
            case "Kernels::Comparison.Int8" when method.Contains("::EqualTo,", StringComparison.Ordinal):
                Compare<EqualTo, TRounding>(a);
                break;
            case "Kernels::Comparison.Int8" when method.Contains("::LessThan,", StringComparison.Ordinal):
                Compare<LessThan, TRounding>(a);
                break;
            case "Kernels::Comparison.Int8" when method.Contains("::GreaterThanOrEqual,", StringComparison.Ordinal):
                Compare<GreaterThanOrEqual, TRounding>(a);
                break;
            case "Kernels::LogSoftmax.Int8":
                Runtime.LogSoftmax.Int8<TRounding>(
                    a.Span<sbyte>(0), a.Number(1),
                    new(a.FieldSpan(2, "exponentials"), a.FieldSpan(2, "differences"), a.Field(2, "least"),
                        a.Field(2, "multiplier"), a.Field(2, "shift")),
                    a.Span<sbyte>(3));
                break;
            case "Kernels::FullyConnected.Int8":
                Runtime.FullyConnected.Int8<NarrowWeights, TRequantizer>(
                    a.Span<sbyte>(0), a.Span<sbyte>(1), a.Span<int>(2), a.Requantization(3), a.Span<sbyte>(4));
                break;
            case "Kernels::Conv2D.Int8":
                Runtime.Conv2D.Int8<NarrowWeights, TRequantizer>(
                    a.Span<sbyte>(0), a.Window(1), a.Span<sbyte>(2), a.Span<int>(3), a.Number(4), a.Requantization(5),
                    a.Span<sbyte>(6), a.Span<sbyte>(7));
                break;
            case "Kernels::TransposeConv.Int8":
                Runtime.TransposeConv.Int8<TRequantizer>(
                    a.Span<sbyte>(0), a.Window(1), a.Span<sbyte>(2), a.Span<int>(3), a.Number(4), a.Requantization(5),
                    a.Span<sbyte>(6));
                break;
            default:
                Assert.Fail($"{method} is a kernel that the sweeps do not call yet.");
                break;
        }
    }

    private static void Compare<TComparison, TRounding>(KernelArguments a)
        where TComparison : struct, IComparison
        where TRounding : struct, IFixedPointRounding => Comparison.Int8<TComparison, TRounding>(
            a.Span<sbyte>(0), a.Span<sbyte>(1), a.Broadcast(2),
            new(a.Field(3, "leftZeroPoint"), a.Field(3, "leftMultiplier"), a.Field(3, "leftShift"),
                a.Field(3, "rightZeroPoint"), a.Field(3, "rightMultiplier"), a.Field(3, "rightShift")),
            a.Span<bool>(4));

    private static SquaredDifferenceConstants Difference(KernelArguments a) => new(
        a.Field(3, "leftZeroPoint"), a.Field(3, "leftMultiplier"), a.Field(3, "leftShift"),
        a.Field(3, "rightZeroPoint"), a.Field(3, "rightMultiplier"), a.Field(3, "rightShift"),
        a.Field(3, "outputZeroPoint"), a.Field(3, "outputMultiplier"), a.Field(3, "outputShift"));

    private static LinearConstants Linear(KernelArguments a) => new(
        a.Field(3, "left"), a.Field(3, "right"), a.Field(3, "offset"), a.Field(3, "shift"),
        a.Field(3, "min"), a.Field(3, "max"));

    private static AddConstants Sum(KernelArguments a) => new(
        a.Field(3, "leftZeroPoint"), a.Field(3, "leftMultiplier"), a.Field(3, "leftShift"),
        a.Field(3, "rightZeroPoint"), a.Field(3, "rightMultiplier"), a.Field(3, "rightShift"),
        a.Field(3, "outputZeroPoint"), a.Field(3, "outputMultiplier"), a.Field(3, "outputShift"),
        a.Field(3, "min"), a.Field(3, "max"));

    private static MulConstants Product(KernelArguments a) => new(
        a.Field(3, "leftZeroPoint"), a.Field(3, "rightZeroPoint"), a.Field(3, "outputZeroPoint"),
        a.Field(3, "multiplier"), a.Field(3, "shift"), a.Field(3, "min"), a.Field(3, "max"));

    private static PreluConstants Slope(KernelArguments a) => new(
        a.Field(3, "inputZeroPoint"), a.Field(3, "alphaZeroPoint"), a.Field(3, "outputZeroPoint"),
        a.Field(3, "multiplier"), a.Field(3, "shift"), a.Field(3, "alphaMultiplier"), a.Field(3, "alphaShift"));
}
