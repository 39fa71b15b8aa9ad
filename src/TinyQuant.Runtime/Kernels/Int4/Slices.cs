namespace TinyQuant.Kernels.Int4;

/// <summary>What a layer is for some of its outputs.</summary>
internal static class Slices
{
    /// <summary>The same windows with other outputs.</summary>
    public static WindowGeometry WithOutputs(this in WindowGeometry g, int outputs) => new(
        g.Batches, g.InputHeight, g.InputWidth, g.InputChannels, g.OutputHeight, g.OutputWidth, outputs,
        g.FilterHeight, g.FilterWidth, g.StrideHeight, g.StrideWidth, g.DilationHeight, g.DilationWidth, g.PaddingTop, g.PaddingLeft);

    /// <summary>The constants of some outputs.</summary>
    public static Requantization Slice(this in Requantization r, int first, int count)
    {
        if (r.IsPerTensor)
        {
            return r;
        }

        return r.Scales.IsEmpty
            ? new(r.Multipliers.Slice(first, count), r.Shifts.Slice(first, count), r.ZeroPoint, r.Min, r.Max)
            : new(r.Scales.Slice(first, count), r.ZeroPoint, r.Min, r.Max);
    }
}
