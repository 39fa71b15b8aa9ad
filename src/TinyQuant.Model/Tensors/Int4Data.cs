using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyQuant.Model;

/// <summary>
/// What an int4 tensor holds: codes from -7 to 7 in two's complement, and -8 where there are no groups, two to a byte,
/// the first in the lower half; behind them, where there are groups, an unsigned byte for each. A slice along axis 0 is
/// cut into groups of <see cref="GroupSize"/> codes, the last one shorter; real = code · multiplier of the group ·
/// scale. The product of the first two stays within int8, so an int4 tensor is an int8 one in less room.
/// </summary>
public static class Int4Data
{
    /// <summary>Codes that share a multiplier, where there are groups.</summary>
    public const int GroupSize = 32;

    /// <summary>The greatest code; the least of ours is its negative, and of others' one less.</summary>
    public const int MaxCode = 7;

    /// <summary>The greatest multiplier: 7 · 18 is the largest product that int8 holds.</summary>
    public const int MaxMultiplier = 18;

    /// <summary>The codes, row by row.</summary>
    public static sbyte[] Codes(Tensor tensor)
    {
        ReadOnlySpan<byte> data = tensor.Data!.Value.AsSpan();
        sbyte[] codes = new sbyte[tensor.ElementCount];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (sbyte)((sbyte)(data[i / 2] << (i % 2 == 0 ? 4 : 0)) >> 4);
        }

        return codes;
    }

    /// <summary>
    /// Data as other formats have it, where the last half byte of an odd number of codes is anything.
    /// </summary>
    /// <param name="data">Two codes to a byte, the first in the lower half.</param>
    /// <param name="count">How many codes there are.</param>
    internal static ImmutableArray<byte> WithoutRest(ReadOnlySpan<byte> data, int count)
    {
        byte[] bytes = data.ToArray();
        if (count % 2 != 0)
        {
            bytes[bytes.Length - 1] &= 0xF;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    /// <summary>The multipliers, group by group and slice by slice; none where there are no groups.</summary>
    public static byte[] Multipliers(Tensor tensor) =>
        tensor.Data!.Value.AsSpan().Slice((tensor.ElementCount + 1) / 2).ToArray();

    /// <summary>The data of a tensor.</summary>
    /// <param name="codes">From -7 to 7.</param>
    /// <param name="multipliers">From 1 to 18, one for each group; empty for none.</param>
    public static ImmutableArray<byte> Pack(ReadOnlySpan<sbyte> codes, ReadOnlySpan<byte> multipliers = default)
    {
        byte[] data = new byte[((codes.Length + 1) / 2) + multipliers.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            data[i / 2] |= (byte)((codes[i] & 0xF) << (i % 2 * 4));
        }

        multipliers.CopyTo(data.AsSpan((codes.Length + 1) / 2));
        return ImmutableCollectionsMarshal.AsImmutableArray(data);
    }

    /// <summary>The groups of a tensor; 0 where it has none.</summary>
    public static long GroupCount(Tensor tensor) => tensor.Quantization is { GroupSize: > 0 } quantization
        ? (long)tensor.Shape[0] * GroupsOfSlice(tensor, quantization.GroupSize)
        : 0;

    /// <summary>The same tensor in int8: each code times its group's multiplier.</summary>
    internal static Tensor Widen(Tensor tensor)
    {
        sbyte[] codes = Codes(tensor);
        byte[] multipliers = Multipliers(tensor);
        if (multipliers.Length > 0)
        {
            int slice = codes.Length / tensor.Shape[0];
            int groups = GroupsOfSlice(tensor, GroupSize);
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = (sbyte)(codes[i] * multipliers[(i / slice * groups) + (i % slice / GroupSize)]);
            }
        }

        Quantization? quantization = tensor.Quantization is { } q
            ? new Quantization(q.Scales, q.ZeroPoint, q.Axis)
            : null;
        return tensor.WidenedTo(
            TensorType.Int8, quantization, ImmutableArray.Create(MemoryMarshal.AsBytes(codes.AsSpan()).ToArray()));
    }

    /// <summary>What is wrong with a tensor's groups, before its data is looked at.</summary>
    internal static string? GroupError(Tensor tensor)
    {
        if (tensor.Quantization is not { GroupSize: not 0 } quantization)
        {
            return null;
        }

        if (tensor.Type != TensorType.Int4 || quantization.GroupSize != GroupSize || tensor.Shape.IsEmpty)
        {
            return Invariant($"is {tensor.Type.ToName()} {tensor.ShapeText} in groups of ")
                + Invariant($"{quantization.GroupSize}; expected groups of {GroupSize}, in int4 constants alone");
        }

        return quantization.IsPerChannel && quantization.Axis != 0
            ? Invariant($"has groups and scales along axis {quantization.Axis}; expected one scale, or scales ")
                + "along axis 0, as the groups run"
            : null;
    }

    /// <summary>What is wrong with the data of an int4 tensor, whose length is right.</summary>
    internal static string? DataError(Tensor tensor)
    {
        if (tensor.Type != TensorType.Int4)
        {
            return null;
        }

        if (GroupCount(tensor) > 0 && Codes(tensor).Contains((sbyte)(-MaxCode - 1)))
        {
            return Invariant($"has a code of {-MaxCode - 1} and groups; expected codes from {-MaxCode} to {MaxCode}, ")
                + "whose products with multipliers int8 holds";
        }

        if (tensor.ElementCount % 2 != 0 && tensor.Data!.Value[tensor.ElementCount / 2] >> 4 != 0)
        {
            return "has an odd number of codes and a last half byte that is not 0";
        }

        return Multipliers(tensor).Any(m => m is < 1 or > MaxMultiplier)
            ? $"has a group whose multiplier is not one from 1 to {MaxMultiplier}"
            : null;
    }

    private static int GroupsOfSlice(Tensor tensor, int groupSize) =>
        ((tensor.ElementCount / tensor.Shape[0]) + groupSize - 1) / groupSize;
}
