namespace TinyQuant.Import.Onnx.Schema;

/// <summary>The most of each that a file may have. They are far above every published model.</summary>
internal static class Limits
{
    public const int Nodes = 50_000;
    public const int Values = 100_000;

    /// <summary>What one operator reads, or writes.</summary>
    public const int Operands = 1_024;

    /// <summary>Of one operator.</summary>
    public const int Attributes = 64;

    /// <summary>Of memory, about, that nodes take which functions add that are run several times.</summary>
    public const int InlinedBytes = 16 << 20;

    /// <summary>How deep graphs lie in each other, and functions run each other.</summary>
    public const int Depth = 16;

    /// <summary>Of a tensor of the file; one of the result has fewer.</summary>
    public const int Dimensions = 16;

    /// <summary>Bytes of a name.</summary>
    public const int NameLength = 4_096;

    /// <summary>Bytes of a text.</summary>
    public const int TextLength = 1 << 16;

    public const int OperatorSets = 256;
    public const int Functions = 4_096;
    public const int Metadata = 4_096;
}
