namespace TinyQuant.Model;

/// <summary>What the validation of operators with state asks: a message for each thing that is wrong.</summary>
internal static class RecurrentChecks
{
    private const int FixedPointLimit = 30;
    private const int WideLimit = 7;

    /// <summary>The tensor has this type.</summary>
    public static IEnumerable<string> Type(Tensor tensor, TensorType expected)
    {
        if (tensor.Type != expected)
        {
            yield return $"'{tensor.Name}' is {tensor.Type.ToName()}; expected {expected.ToName()}";
        }
    }

    /// <summary>The tensor has data.</summary>
    public static IEnumerable<string> Constant(Tensor tensor)
    {
        if (!tensor.IsConstant)
        {
            yield return $"'{tensor.Name}' has no data; expected a constant";
        }
    }

    /// <summary>Integer codes with one scale, and zero point 0 where nothing takes account of another.</summary>
    public static IEnumerable<string> Symmetric(Tensor tensor)
    {
        if (tensor.Quantization is not { IsPerChannel: false, ZeroPoint: 0 })
        {
            yield return $"'{tensor.Name}' is not quantized with one scale and zero point 0, as it must be";
        }
    }

    /// <summary>
    /// A factor that becomes a multiplier and a shift: an int32 cannot be enlarged 2^30 times, an int64 not 2^7 times.
    /// </summary>
    /// <param name="factor">Of scales, all positive and finite.</param>
    /// <param name="of">What it takes sums to.</param>
    /// <param name="has64BitSums">Whether sums have 64 bits.</param>
    public static IEnumerable<string> Factor(double factor, Tensor of, bool has64BitSums = false)
    {
        int limit = has64BitSums ? WideLimit : FixedPointLimit;
        if (!(factor < 1 << limit))
        {
            yield return $"the scale of '{of.Name}' is so small against those of what is multiplied that no shift "
                + Invariant($"reaches it; expected a ratio below 2^{limit}");
        }
    }
}
