using System.Runtime.InteropServices;

namespace TinyQuant.Bench;

/// <summary>
/// The models in <c>weights/</c>: what there is without <c>BenchModels</c>, the directory that TinyQuant.Bench.Prepare
/// wrote.
/// </summary>
internal static class BenchModels
{
    public static IEnumerable<BenchModel> Create()
    {
        var int8 = new LinearInt8();
        yield return new("mnist-linear", "int8", "", LinearInt8.InputLength, LinearInt8.OutputLength,
            (input, output) =>
                int8.Run(MemoryMarshal.Cast<byte, sbyte>(input), MemoryMarshal.Cast<byte, sbyte>(output)));
        var dynamic = new LinearDynamic();
        yield return new("mnist-linear", "dynamic", "", LinearDynamic.InputLength * sizeof(float),
            LinearDynamic.OutputLength * sizeof(float),
            (input, output) =>
                dynamic.Run(MemoryMarshal.Cast<byte, float>(input), MemoryMarshal.Cast<byte, float>(output)));
        var float32 = new LinearFloat32();
        yield return new("mnist-linear", "fp32", "", LinearFloat32.InputLength * sizeof(float),
            LinearFloat32.OutputLength * sizeof(float),
            (input, output) =>
                float32.Run(MemoryMarshal.Cast<byte, float>(input), MemoryMarshal.Cast<byte, float>(output)));
    }
}

[QuantizedModel("mnist-linear.int8.tqm")]
internal sealed partial class LinearInt8;

[QuantizedModel("mnist-linear.dynamic.tqm")]
internal sealed partial class LinearDynamic;

[QuantizedModel("mnist-linear.fp32.tqm")]
internal sealed partial class LinearFloat32;
