namespace TinyQuant.Tool.Output;

/// <summary>
/// Names of tensors in tables. Converters join the names of all operators that they fused: hundreds of characters,
/// alike at the beginning.
/// </summary>
internal static class TensorNames
{
    private const int Longest = 18; // so that types and shapes beside them stay readable in 132 columns
    private const int Kept = (Longest - 1) / 2;

    /// <summary>Beginning and end of a name that is long, as it is otherwise.</summary>
    public static string Shorten(string name) =>
        name.Length <= Longest ? name : $"{name[..Kept]}…{name[^(Longest - 1 - Kept)..]}";

    /// <summary>The same for a name with type and shape behind it.</summary>
    public static string ShortenTyped(string tensor)
    {
        int shape = tensor.LastIndexOf(' ');
        int type = shape > 0 ? tensor.LastIndexOf(' ', shape - 1) : -1;
        return type < 0 ? tensor : Shorten(tensor[..type]) + tensor[type..];
    }
}
