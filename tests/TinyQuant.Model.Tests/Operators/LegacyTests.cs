namespace TinyQuant.Model.Tests.Operators;

/// <summary>Operators that compute as the uint8 kernels of TensorFlow 1 did.</summary>
public class LegacyTests
{
    private const string NotInt8 = "expected int8 where the arithmetic is legacy";

    public static TheoryData<string> Kinds =>
        [.. Of(TensorType.Int8).Select(o => o.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Codes_are_int8(string kind)
    {
        Operator int8 = Of(TensorType.Int8).Single(o => o.Kind == kind);
        Assert.Empty(int8.Validate());
        Assert.Contains(int8.Attributes, a => a.Key == "legacy" && a.Value == "true");
        Operator copy = int8.With(int8.Inputs, int8.Outputs);
        Assert.Equal(int8.Attributes, copy.Attributes);

        Operator real = Of(TensorType.Float32).Single(o => o.Kind == kind);
        Assert.Contains(real.Validate(), e => e.EndsWith(NotInt8, StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_of_one_scale_may_have_a_zero_point()
    {
        Conv2D conv = Conv(new Quantization(0.5f, 3));
        Assert.Empty(conv.Validate());
        Assert.Equal(3, conv.WeightsZeroPoint);
        Assert.Equal(
            ["weights 'w' have a scale for each channel; a legacy convolution's have one"],
            Conv(new Quantization([0.5f, 0.25f], 0, 0)).Validate());
        Assert.Equal(
            ["weights 'w' have zero point 3 and scales along axis 0; expected 0 and one scale, or one for each slice "
                + "along axis 0"],
            Conv(new Quantization(0.5f, 3), isLegacy: false).Validate());
    }

    [Fact]
    public void A_legacy_convolution_has_no_groups() => Assert.Equal(
        ["it convolves 4 channels in groups of 2, with legacy arithmetic; expected all channels"],
        new Conv2D(
            [Tensor("x", TensorType.Int8, 1, 3, 3, 4), Weights([2, 1, 1, 2], new Quantization(0.5f, 3))],
            Tensor("y", TensorType.Int8, 1, 3, 3, 2), new WindowOptions(), isLegacy: true).Validate());

    [Fact]
    public void Weights_with_a_zero_point_are_not_convolved_in_place()
    {
        DepthwiseConv2D Of(int zeroPoint) => new(
            [Tensor("x", TensorType.Int8, 1, 3, 3, 4), Weights([1, 1, 1, 4], new Quantization(0.5f, zeroPoint))],
            Tensor("y", TensorType.Int8, 1, 3, 3, 4), new WindowOptions(), isLegacy: true);
        Assert.Empty(Of(3).InPlaceInputs);
        Assert.Single(Of(0).InPlaceInputs);
    }

    private static Operator[] Of(TensorType type)
    {
        (Tensor x, Tensor y) = (Tensor("x", type, 1, 3, 3, 4), Tensor("y", type, 1, 3, 3, 4));
        return
        [
            new Conv2D([x, Weights([4, 1, 1, 4], new(0.5f, 0), type)], y, new WindowOptions(), isLegacy: true),
            new DepthwiseConv2D([x, Weights([1, 1, 1, 4], new(0.5f, 0), type)], y, new WindowOptions(), isLegacy: true),
            new AveragePool2D(x, y, (1, 1), new WindowOptions(), isLegacy: true),
            new Mul([x, x], y, isLegacy: true), new Sub([x, x], y, isLegacy: true),
            new ResizeBilinear(x, y, isLegacy: true), new Quantize(x, y, isLegacy: true),
        ];
    }

    private static Conv2D Conv(Quantization weights, bool isLegacy = true) => new(
        [Tensor("x", TensorType.Int8, 1, 3, 3, 1), Weights([2, 1, 1, 1], weights)],
        Tensor("y", TensorType.Int8, 1, 3, 3, 2), new WindowOptions(), isLegacy: isLegacy);

    private static Tensor Tensor(string name, TensorType type, params int[] shape) =>
        new(name, type, [.. shape], type == TensorType.Int8 ? new(0.5f, 0) : null);

    private static Tensor Weights(int[] shape, Quantization quantization, TensorType type = TensorType.Int8)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        return new Tensor(
            "w", type, [.. shape], type == TensorType.Int8 ? quantization : null,
            [.. new byte[count * (type == TensorType.Int8 ? 1 : sizeof(float))]]);
    }
}
