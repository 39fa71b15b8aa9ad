using System.Reflection;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// Sizes and constants that were never made: C# gives the default of a struct to who asks, so that every kernel refuses
/// it and reads nothing.
/// </summary>
public class DefaultTests
{
    private static readonly (string Kernel, Action Call)[] s_windows =
    [
        ("Conv2D.Int8", () => Conv2D.Int8<NarrowWeights, RequantDouble>(
            default, default, default, default, 0, Once, default, default)),
        ("Conv2D.Int4", () => Conv2D.Int4<RequantDouble>(
            default, default, default, default, default, 0, Once, 8, default, default, default)),
        ("Conv2D.Int16", () => Conv2D.Int16<Sums64>(
            default, default, 1, default, default, default, default, default)),
        ("Conv2D.Int8Grouped", () => Conv2D.Int8Grouped<NarrowWeights, RequantDouble>(
            default, default, 1, default, default, 0, Once, default, default)),
        ("Conv2D.Float32Grouped", () => Conv2D.Float32Grouped(
            default, default, 1, default, default, 0, 6, default, default)),
        ("Conv2D.Float32", () => Conv2D.Float32(default, default, default, default, 0, 6, default, default)),
        ("Conv2D.Int8Offset", () => Conv2D.Int8Offset<NarrowWeights, RequantDouble>(
            default, default, default, 3, default, 0, Once, default, default, default)),
        ("Conv2D.HybridSymmetric", () => Conv2D.HybridSymmetric<NarrowWeights>(
            default, default, default, 1, default, 0, 6, default, default, default)),
        ("Conv2D.Hybrid", () => Conv2D.Hybrid<NarrowWeights>(
            default, default, default, default, default, default, 0, 6, default, default, default)),
        ("Conv2D.ScratchLength", () => Conv2D.ScratchLength(default)),
        ("Conv2D.FloatScratchLength", () => Conv2D.FloatScratchLength(default)),
        ("DepthwiseConv2D.Int8", () => DepthwiseConv2D.Int8<RequantDouble>(
            default, default, default, default, 0, Once, default, default)),
        ("DepthwiseConv2D.Int4", () => DepthwiseConv2D.Int4<RequantDouble>(
            default, default, default, default, 0, Once, default, default, default)),
        ("DepthwiseConv2D.Int16", () => DepthwiseConv2D.Int16(
            default, default, default, default, default, default, default)),
        ("DepthwiseConv2D.Float32", () => DepthwiseConv2D.Float32(default, default, default, default, 0, 6, default)),
        ("DepthwiseConv2D.Int8Offset", () => DepthwiseConv2D.Int8Offset<RequantDouble>(
            default, default, default, 3, default, 0, Once, default)),
        ("DepthwiseConv2D.Hybrid", () => DepthwiseConv2D.Hybrid(
            default, default, default, default, default, 0, 6, default, default)),
        ("TransposeConv.Int8", () => TransposeConv.Int8<RequantDouble>(
            default, default, default, default, 0, Once, default)),
        ("TransposeConv.Int16", () => TransposeConv.Int16(
            default, default, default, default, default, default)),
        ("TransposeConv.Float32", () => TransposeConv.Float32(default, default, default, default, 0, 6, default)),
        ("AveragePool2D.Int8", () => AveragePool2D.Int8(default, default, -128, 127, default)),
        ("AveragePool2D.Int8HalfUp", () => AveragePool2D.Int8HalfUp(default, default, -128, 127, default)),
        ("AveragePool2D.Float32", () => AveragePool2D.Float32(default, default, 0, 6, default)),
        ("AveragePool2D.Int16", () => AveragePool2D.Int16(default, default, -128, 127, default)),
        ("L2Pool2D.Float32", () => L2Pool2D.Float32(default, default, 0, 6, default)),
        ("MaxPool2D.Run", () => MaxPool2D.Run<sbyte>(default, default, -128, 127, default)),
    ];

    private static readonly sbyte[] s_codes = new sbyte[8];

    private static Requantization Once => new(new int[1], new int[1], 0, -128, 127);

    [Fact]
    public void Windows_without_sizes_are_refused() => Assert.All(s_windows, kernel =>
        Assert.Contains("the default of its type", Assert.Throws<ArgumentException>(kernel.Call).Message));

    /// <summary>A kernel that takes windows needs a case above.</summary>
    [Fact]
    public void Every_kernel_of_windows_is_tried() => Assert.Equal(
        (from type in typeof(Conv2D).Assembly.GetExportedTypes()
         from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
         where method.GetParameters().Any(p => p.ParameterType.GetElementType() == typeof(WindowGeometry))
         select $"{type.Name}.{method.Name}").Order(StringComparer.Ordinal),
        s_windows.Select(w => w.Kernel).Order(StringComparer.Ordinal));

    [Fact]
    public void Constants_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RequantDouble.Run(new int[8], default, 0, new sbyte[8]));
        Assert.Throws<ArgumentException>(() => RequantSingle.Run(new int[8], default, 0, new sbyte[8]));
        Assert.Throws<ArgumentException>(() => RequantFloatEven.Run(new int[8], default, 0, new sbyte[8]));
        Assert.Throws<ArgumentException>(() => UnidirectionalSequenceLstm.Int8<NarrowWeights, DoubleRounding>(
            new sbyte[1], false, new sbyte[16], new int[4], new sbyte[16], new int[4], default,
            new short[4], new sbyte[1], new short[1], new sbyte[1]));
    }

    [Theory]
    [InlineData(200, -128, 127)]
    [InlineData(0, -129, 127)]
    [InlineData(0, -128, 128)]
    [InlineData(0, 1, 0)]
    public void Constants_beyond_int8_are_not_made(int zeroPoint, int min, int max)
    {
        Assert.Throws<ArgumentException>(() => { _ = new Requantization([1 << 30], [0], zeroPoint, min, max); });
        Assert.Throws<ArgumentException>(() => { _ = new Requantization([0.5f], zeroPoint, min, max); });
    }

    [Fact]
    public void Constants_of_int16_that_do_not_fit_are_not_made()
    {
        Assert.Throws<ArgumentException>(() => { _ = new Int16Requantization([], [], 0, -128, 127); });
        Assert.Throws<ArgumentException>(() => { _ = new Int16Requantization([1], [], 0, -128, 127); });
        Assert.Throws<ArgumentException>(() => { _ = new Int16Requantization([1], [0], 32768, -128, 127); });
        Assert.Throws<ArgumentException>(() => { _ = new Int16Requantization([1], [0], 0, -32769, 127); });
        Assert.Throws<ArgumentException>(() => { _ = new Int16Requantization([1], [0], 0, -128, 32768); });
        Assert.Throws<ArgumentException>(() => { _ = new Int16Requantization([1], [0], 0, 1, 0); });
        Assert.Throws<ArgumentException>(() => FullyConnected.Int16<Sums64>(
            new short[1], 0, new sbyte[1], 0, new long[1], default, new short[16], new short[1]));
        Assert.Throws<ArgumentException>(() => Conv2D.Int16<Sums64>(
            new short[3], new(1, 1, 1, 3, 1, 1, 2, 1, 1), 2, new sbyte[3], new long[2],
            new Int16Requantization([1], [0], 0, 0, 1), new short[16], new short[2]));
    }

    [Fact]
    public void Constants_without_multipliers_or_with_other_shifts_are_not_made()
    {
        Assert.Throws<ArgumentException>(() => { _ = new Requantization(Array.Empty<int>(), [], 0, -128, 127); });
        Assert.Throws<ArgumentException>(() => { _ = new Requantization(Array.Empty<float>(), 0, -128, 127); });
        Assert.Throws<ArgumentException>(() => { _ = new Requantization([1 << 30, 1 << 30], [0], 0, -128, 127); });
    }

    [Fact]
    public void Views_and_shapes_without_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => StridedCopy.Gather<sbyte>(s_codes, default, s_codes));
        Assert.Throws<ArgumentException>(() => StridedCopy.Pad<sbyte>(s_codes, 0, default, s_codes));
        Assert.Throws<ArgumentException>(() => Reduction.Greatest<sbyte>(s_codes, default, default, s_codes));
        Assert.Throws<ArgumentException>(() => Reduction.Float32(new float[8], default, default, 1, new float[8]));
        Assert.Throws<ArgumentException>(
            () => Reduction.Int8<DoubleRounding>(s_codes, default, default, 0, 1 << 30, 0, 0, s_codes));
        Assert.Throws<ArgumentException>(() => SpaceBatch.ToBatch<sbyte>(default, default, 0, default));
        Assert.Throws<ArgumentException>(() => SpaceBatch.ToSpace<sbyte>(default, default, default));
    }

    /// <summary>The one default that says something: operands of one shape, as many elements as the output.</summary>
    [Fact]
    public void Operands_of_one_shape_have_one_length()
    {
        var reals = new float[8];
        Elementwise.Add(reals, reals, default, 0, 6, reals);
        Assert.Throws<ArgumentException>(() => Elementwise.Add(reals, new float[1], default, 0, 6, reals));
        Assert.Throws<ArgumentException>(
            () => Add.Int8<DoubleRounding>(new sbyte[7], s_codes, default, default, s_codes));
    }
}
