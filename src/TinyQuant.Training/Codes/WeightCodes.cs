using System.Collections.Immutable;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Codes;

/// <summary>Weights as codes: real = code · multiplier of its group · scale of its channel.</summary>
/// <param name="Format">How they were rounded.</param>
/// <param name="Layout">Which channel each belongs to.</param>
/// <param name="Codes">The codes, in the order of the weights.</param>
/// <param name="Scales">One, or one for each channel.</param>
/// <param name="Multipliers">One for each group, channel by channel; none without groups.</param>
internal sealed record WeightCodes(
    WeightFormat Format, ChannelLayout Layout, sbyte[] Codes, float[] Scales, byte[] Multipliers)
{
    /// <summary>Rounds weights.</summary>
    public static WeightCodes Of(
        ReadOnlySpan<float> values, ImmutableArray<int> shape, int channelAxis, WeightFormat format)
    {
        format = format.For(shape, channelAxis);
        var layout = new ChannelLayout(
            values.Length, format == WeightFormat.Int8PerTensor ? 1 : shape[channelAxis], channelAxis == 0);
        if (format.Bits() == 4)
        {
            return Int4Quantizer.Encode(values, layout, format);
        }

        return Rounded(values,
            new WeightCodes(format, layout, new sbyte[values.Length], WeightQuantizer.Scales(values, layout), []));
    }

    /// <summary>The same weights under other scales.</summary>
    public WeightCodes WithScales(ReadOnlySpan<float> values, float[] scales) =>
        scales.AsSpan().SequenceEqual(Scales)
            ? this
            : Rounded(values, this with { Codes = new sbyte[values.Length], Scales = scales });

    /// <summary>What a code stands for.</summary>
    public float Decode(int index) => Codes[index] * Step(index);

    /// <summary>The constant of a model file.</summary>
    public Tensor ToTensor(string name, ImmutableArray<int> shape, int channelAxis)
    {
        int axis = Scales.Length > 1 ? channelAxis : 0;
        return Format.Bits() == 8
            ? new Tensor(
                name, TensorType.Int8, shape, new Quantization([.. Scales], 0, axis), Constants.FromCodes(Codes))
            : new Tensor(name, TensorType.Int4, shape,
                new Quantization([.. Scales], 0, axis, Multipliers.Length > 0 ? Int4Data.GroupSize : 0),
                Int4Data.Pack(Codes, Multipliers));
    }

    private static WeightCodes Rounded(ReadOnlySpan<float> values, WeightCodes codes)
    {
        int most = codes.Format.Bits() == 8 ? WeightQuantizer.MaxCode : Int4Data.MaxCode;
        for (int i = 0; i < values.Length; i++)
        {
            codes.Codes[i] = (sbyte)WeightQuantizer.Code(values[i], 1 / codes.Step(i), most);
        }

        return codes;
    }

    private float Step(int index)
    {
        int channel = Layout.ChannelOf(index);
        float scale = Scales[Scales.Length == 1 ? 0 : channel];
        if (Multipliers.Length == 0)
        {
            return scale;
        }

        int slice = Layout.Length / Layout.Channels;
        int groups = Multipliers.Length / Layout.Channels;
        return scale * Multipliers[(channel * groups) + (index % slice / Int4Data.GroupSize)];
    }
}
