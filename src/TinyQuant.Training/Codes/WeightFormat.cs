using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>How weights are rounded.</summary>
public enum WeightFormat
{
    /// <summary>8 bits, one scale for the tensor.</summary>
    Int8PerTensor,

    /// <summary>8 bits, a scale for each output channel.</summary>
    Int8,

    /// <summary>4 bits, a scale for each output channel.</summary>
    Int4,

    /// <summary>4 bits, a scale for each output channel and a multiplier for each 32 inputs.</summary>
    Int4Groups,
}

/// <summary>Names of <see cref="WeightFormat"/>, and where groups fit.</summary>
public static class WeightFormats
{
    /// <summary>A few words for notes and tables, such as <c>int4 in groups of 32</c>.</summary>
    public static string Describe(this WeightFormat format) => format switch
    {
        WeightFormat.Int8PerTensor => "int8 per tensor",
        WeightFormat.Int8 => "int8 per channel",
        WeightFormat.Int4 => "int4 per channel",
        _ => $"int4 in groups of {Int4Data.GroupSize}",
    };

    /// <summary>The bits of a code.</summary>
    public static int Bits(this WeightFormat format) => format is WeightFormat.Int4 or WeightFormat.Int4Groups ? 4 : 8;

    /// <summary>
    /// The format that weights of that shape can have: groups need more inputs than one group has, channels along axis
    /// 0, and, in a window of several rows, rows whose length is a multiple of 4. Without them it is a scale for each
    /// channel.
    /// </summary>
    internal static WeightFormat For(this WeightFormat format, ImmutableArray<int> shape, int channelAxis)
    {
        int depth = shape.Skip(1).Aggregate(1, (product, dimension) => product * dimension);
        bool fits = channelAxis == 0 && depth > Int4Data.GroupSize
            && (shape.Length != 4 || shape[1] == 1 || shape[2] * shape[3] % 4 == 0);
        return format == WeightFormat.Int4Groups && !fits ? WeightFormat.Int4 : format;
    }
}
