using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Bytes baked into the program under a name.</summary>
/// <param name="Name">As the code writes it, with the type that holds all constants: <c>BakedData.DenseWeights</c>.</param>
/// <param name="Type">The element type of its span.</param>
/// <param name="Data">Little-endian elements.</param>
/// <param name="Comment">What it is, for the reader of the generated file.</param>
/// <param name="OperatorIndex">The operator that reads it.</param>
internal sealed record Constant(string Name, TensorType Type, byte[] Data, string Comment, int OperatorIndex)
{
    private const int BakedAlignment = 8; // NativeAOT aligns every blob to at least 8 bytes

    /// <summary>Its bytes in the program, padding included.</summary>
    public long BakedBytes => (long)(Data.Length + BakedAlignment - 1) / BakedAlignment * BakedAlignment;

    /// <summary>The property alone.</summary>
    public string Property => Name.Substring(Name.IndexOf('.') + 1);

    /// <summary>The type around it.</summary>
    public string Holder => Name.Substring(0, Name.IndexOf('.'));

    public int Count => Data.Length / Type.SizeInBytes();
}
