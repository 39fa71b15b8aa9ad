using System.Globalization;

namespace TinyQuant.Model;

/// <summary>What the operators' validation asks again and again: a message for each thing that is wrong.</summary>
internal static class Checks
{
    /// <summary>Integer activations have one scale.</summary>
    public static IEnumerable<string> Quantized(params Tensor[] activations)
    {
        foreach (Tensor tensor in activations.Where(t =>
            t.Type is TensorType.Int8 or TensorType.UInt8 or TensorType.Int16))
        {
            if (tensor.Quantization is null)
            {
                yield return $"{tensor.Type.ToName()} tensor '{tensor.Name}' has no scale";
            }
            else if (tensor.Quantization.IsPerChannel)
            {
                yield return $"'{tensor.Name}' has a scale for each channel; activations are quantized per tensor";
            }
        }
    }

    /// <summary>The types that all but a few activations may have.</summary>
    public static IReadOnlyList<TensorType> Int8Activations { get; } = [TensorType.Float32, TensorType.Int8];

    /// <summary>The same, and int16.</summary>
    public static IReadOnlyList<TensorType> Int16Activations { get; } = [.. Int8Activations, TensorType.Int16];

    /// <summary>The same, and int32, whose elements are integers without a scale.</summary>
    public static IReadOnlyList<TensorType> Arithmetic { get; } = [.. Int16Activations, TensorType.Int32];

    /// <summary>int32 elements that operators compute with are integers: no kernel applies their scales.</summary>
    public static IEnumerable<string> Integers(params Tensor[] tensors) => tensors
        .Where(t => t.Type == TensorType.Int32 && t.Quantization is not null)
        .Select(t => $"int32 tensor '{t.Name}' has a scale; expected none, as integers have");

    /// <summary>int16 codes whose zero point is 0, which TensorFlow Lite Micro demands of most operators.</summary>
    public static IEnumerable<string> Symmetric(params Tensor[] tensors) => tensors.SelectMany(SymmetricInt16);

    /// <summary>All tensors have the first one's type, which is one of <paramref name="allowed"/>.</summary>
    public static IEnumerable<string> SameType(IReadOnlyList<TensorType> allowed, params Tensor[] tensors)
    {
        if (!allowed.Contains(tensors[0].Type))
        {
            yield return $"'{tensors[0].Name}' is {tensors[0].Type.ToName()}; expected "
                + $"{string.Join(" or ", allowed.Select(t => t.ToName()))}";
            yield break;
        }

        foreach (Tensor tensor in tensors.Where(t => t.Type != tensors[0].Type))
        {
            yield return $"'{tensor.Name}' is {tensor.Type.ToName()}; expected {tensors[0].Type.ToName()}, as "
                + $"'{tensors[0].Name}' is";
        }
    }

    /// <summary>Codes that are copied mean the same: equal scale and zero point.</summary>
    public static IEnumerable<string> SameQuantization(Tensor first, params Tensor[] others)
    {
        foreach (Tensor other in others)
        {
            bool same = first.Type == TensorType.Float32 || (first.Quantization, other.Quantization) switch
            {
                (null, null) => true,
                ({ IsPerChannel: false } a, { IsPerChannel: false } b) =>
                    a.Scale == b.Scale && a.ZeroPoint == b.ZeroPoint,
                _ => false,
            };
            if (!same)
            {
                yield return $"'{other.Name}' ({Text(other)}) and '{first.Name}' ({Text(first)}) are quantized "
                    + "differently; expected one scale and zero point";
            }
        }
    }

    /// <summary>
    /// The scale of an integer product fits the output's: requantization shifts an int32, so it cannot enlarge 2^30
    /// times, and an int64 sum not 2^7 times (<c>MultiplyByQuantizedMultiplier</c> of TFLM's common.cc). The product
    /// itself is a float32.
    /// </summary>
    /// <param name="input">Codes.</param>
    /// <param name="weights">What they are multiplied by.</param>
    /// <param name="output">What the sums become.</param>
    /// <param name="has64BitSums">Whether sums have 64 bits.</param>
    public static IEnumerable<string> Scale(Tensor input, Tensor weights, Tensor output, bool has64BitSums = false)
    {
        int limit = has64BitSums ? 7 : 30;
        if (input.Type is not (TensorType.Int8 or TensorType.Int16) || output.Type != input.Type
            || (input.Quantization, weights.Quantization, output.Quantization) is not ({ } x, { } w, { } y))
        {
            yield break;
        }

        double product = Product(x.Scale, w.Scales.Max());
        if (float.IsInfinity((float)product))
        {
            yield return $"the product of the scales of '{input.Name}' and '{weights.Name}' is larger than a "
                + "float32 can be";
        }
        else if (!(product / y.Scale < 1 << limit))
        {
            yield return $"the scale of '{output.Name}' is so small against those of '{input.Name}' and "
                + Invariant($"'{weights.Name}' that no shift reaches it; expected a ratio below 2^{limit}");
        }
    }

    /// <summary>int16 codes have zero point 0 where the operator reads none.</summary>
    public static IEnumerable<string> SymmetricInt16(Tensor tensor)
    {
        if (tensor is { Type: TensorType.Int16, Quantization.ZeroPoint: not 0 })
        {
            yield return Invariant($"int16 tensor '{tensor.Name}' has zero point {tensor.Quantization.ZeroPoint}; ")
                + "expected 0";
        }
    }

    /// <summary>Where nothing else says it, an operator may say that its sums have 32 bits.</summary>
    public static IEnumerable<string> SumsErrors(bool narrowSums, Tensor input, Tensor? bias)
    {
        if (narrowSums && (input.Type != TensorType.Int16 || bias is not null))
        {
            yield return "narrow_sums is of int16 inputs without a bias, whose type would say it";
        }
    }

    /// <summary>What computes as TensorFlow 1 did has int8 codes, which are those of uint8 less 128.</summary>
    public static IEnumerable<string> LegacyErrors(bool isLegacy, Tensor input)
    {
        if (isLegacy && input.Type != TensorType.Int8)
        {
            yield return $"'{input.Name}' is {input.Type.ToName()}; expected int8 where the arithmetic is legacy";
        }
    }

    /// <summary>What is quantized on each call is float32.</summary>
    public static IEnumerable<string> InputErrors(bool hasSymmetricInputs, bool isHybrid)
    {
        if (hasSymmetricInputs && !isHybrid)
        {
            yield return "symmetric_inputs is of float32 inputs with int8 weights, which are quantized on each call";
        }
    }

    /// <summary>
    /// A product of scales, or its rounding to float32 where that is more: some operators multiply by one and some by
    /// the other, and neither may reach a limit.
    /// </summary>
    public static double Product(float a, float b) => Math.Max((double)a * b, (float)((double)a * b));

    /// <summary>The scale of codes fits that of the codes they become, as in <see cref="Scale"/>.</summary>
    public static IEnumerable<string> Ratio(Tensor input, Tensor output)
    {
        const double limit = 1 << 30;
        if (input.Type != TensorType.Float32 && output.Type != TensorType.Float32
            && (input.Quantization, output.Quantization) is ({ } x, { } y) && !((double)x.Scale / y.Scale < limit))
        {
            yield return $"the scale of '{output.Name}' is so small against that of '{input.Name}' that no shift "
                + "reaches it; expected a ratio below 2^30";
        }
    }

    /// <summary>Integer codes have the scale and zero point that the operator gives them.</summary>
    public static IEnumerable<string> Fixed(Tensor output, float scale, int zeroPoint)
    {
        const float tolerance = 1e-3f; // converters write these scales with a last bit more or less
        if (output.Type is TensorType.Int8 or TensorType.Int16 && output.Quantization is { } quantization
            && !(Math.Abs((quantization.Scale / scale) - 1) <= tolerance && quantization.ZeroPoint == zeroPoint))
        {
            yield return $"'{output.Name}' ({Text(output)}) has another scale or zero point than the operator's; "
                + string.Format(CultureInfo.InvariantCulture, "expected {0:R} and {1}", scale, zeroPoint);
        }
    }

    /// <summary>The tensor has this shape.</summary>
    public static IEnumerable<string> Shape(Tensor tensor, params long[] expected)
    {
        if (!tensor.Shape.Select(d => (long)d).SequenceEqual(expected))
        {
            yield return $"'{tensor.Name}' has shape {tensor.ShapeText}; expected "
                + $"[{string.Join(",", expected.Select(n => Invariant($"{n}")))}]";
        }
    }

    /// <summary>
    /// The output has the shape that operands are stretched to: a dimension of 1, or one that is missing at the front,
    /// is repeated, as in NumPy.
    /// </summary>
    public static IEnumerable<string> Stretched(Tensor output, params Tensor[] operands)
    {
        var shape = new long[operands.Max(t => t.Shape.Length)];
        for (int d = 0; d < shape.Length; d++)
        {
            int[] sizes = [
                .. operands.Select(t => SizeFromEnd(t, shape.Length - d)).Where(size => size != 1).Distinct()];
            if (sizes.Length > 1)
            {
                string[] texts = [.. operands.Select(t => $"'{t.Name}' {t.ShapeText}")];
                return [
                    $"{string.Join(", ", texts.Take(texts.Length - 1))} and {texts.Last()} cannot be stretched to "
                        + "one shape"];
            }

            shape[d] = sizes.Length == 0 ? 1 : sizes[0];
        }

        return Shape(output, shape);
    }

    /// <summary>The tensor has this many dimensions.</summary>
    public static IEnumerable<string> Rank(Tensor tensor, int rank)
    {
        if (tensor.Shape.Length != rank)
        {
            yield return Invariant($"'{tensor.Name}' has shape {tensor.ShapeText}; expected {rank} dimensions");
        }
    }

    private static int SizeFromEnd(Tensor tensor, int fromEnd) =>
        fromEnd <= tensor.Shape.Length ? tensor.Shape[tensor.Shape.Length - fromEnd] : 1;

    private static string Text(Tensor tensor) => tensor.Quantization is not { } quantization
        ? "no scale"
        : quantization.IsPerChannel ? "per channel"
        : string.Format(
            CultureInfo.InvariantCulture, "scale {0:R}, zero point {1}", quantization.Scale, quantization.ZeroPoint);
}
