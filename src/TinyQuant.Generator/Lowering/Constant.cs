using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Bytes baked into the program under a name.</summary>
/// <param name="Holder">The type that holds all constants: <c>BakedData</c>.</param>
/// <param name="Property">Its property: <c>DenseWeights</c>.</param>
/// <param name="Type">The element type of its span.</param>
/// <param name="Data">Little-endian elements.</param>
/// <param name="Comment">What it is, for the reader of the generated file.</param>
/// <param name="OperatorIndex">The operator that reads it.</param>
internal sealed record Constant(
    string Holder, string Property, TensorType Type, byte[] Data, string Comment, int OperatorIndex)
{
    private const int BakedAlignment = 8; // NativeAOT aligns every blob to at least 8 bytes

    /// <summary>Its bytes in the program, padding included.</summary>
    public long BakedBytes => (long)(Data.Length + BakedAlignment - 1) / BakedAlignment * BakedAlignment;

    /// <summary>As the methods of the model name it: <c>BakedData.DenseWeights</c>.</summary>
    public string Name => $"{Holder}.{Property}";

    public int Count => Data.Length / Type.SizeInBytes();
}
