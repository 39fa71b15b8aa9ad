using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A variable tensor in the arena, and what a reset puts there.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Buffer">Where it lies.</param>
/// <param name="Fill">The byte of which all of it is made; null where there is <paramref name="Initial"/>.</param>
/// <param name="Initial">The span of the constant that it begins with.</param>
internal sealed record StateTensor(Tensor Tensor, ArenaBuffer Buffer, byte? Fill, string? Initial)
{
    /// <summary>The tensor as what it begins with; a constant is baked where its bytes are not all one.</summary>
    public static StateTensor Of(Tensor tensor, ArenaBuffer buffer, LoweringContext context)
    {
        byte real0 = tensor.Type == TensorType.Int8 ? (byte)(sbyte)(tensor.Quantization?.ZeroPoint ?? 0) : (byte)0;
        byte[] data = tensor.Data is { } initial ? [.. initial] : [real0];
        return data.All(b => b == data[0])
            ? new(tensor, buffer, data[0], null)
            : new(tensor, buffer, null, context.Bake($"{tensor.Name}.initial", tensor.Type, data, $"initial {tensor}"));
    }
}
