using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Convolution;

/// <summary>The groups of a convolution, each over its own channels for its own outputs.</summary>
internal readonly struct ConvolutionGroups
{
    /// <summary>Checks weights and bias against the sizes.</summary>
    /// <param name="g">Sizes that were checked.</param>
    /// <param name="groups">Must divide input and output channels.</param>
    /// <param name="weights">Elements of the weights, row by row.</param>
    /// <param name="bias">Elements of the bias.</param>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    public ConvolutionGroups(in WindowGeometry g, int groups, int weights, int bias)
        : this(g, groups, weights, bias, isPacked: false)
    {
    }

    private ConvolutionGroups(in WindowGeometry g, int groups, int weights, int bias, bool isPacked)
    {
        SpanChecks.AtLeast(groups, 1, nameof(groups), "convolution");
        if (g.InputChannels % groups != 0 || g.OutputChannels % groups != 0)
        {
            throw new ArgumentException("The channels of input or output are no multiple of the groups.");
        }

        (Channels, Outputs) = (g.InputChannels / groups, g.OutputChannels / groups);
        Depth = g.PatchLength / groups;
        SpanChecks.Equal(bias, g.OutputChannels, nameof(bias), "outputs");
        SpanChecks.Equal(
            weights, g.OutputChannels * (isPacked ? PackedLayout.Padded(Depth) : Depth), nameof(weights), "geometry");
    }

    /// <summary>The same of int8 weights that are packed group by group.</summary>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    public static ConvolutionGroups OfPacked(in WindowGeometry g, int groups, int weights, int bias) =>
        new(g, groups, weights, bias, isPacked: true);

    /// <summary>Input channels of a group.</summary>
    public int Channels { get; }

    /// <summary>Outputs of a group.</summary>
    public int Outputs { get; }

    /// <summary>Products of an output.</summary>
    public int Depth { get; }
}
