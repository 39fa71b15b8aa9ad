namespace TinyQuant.Import.Schema;

/// <summary>The most of each that a file may have. Large published models have a thousand operators.</summary>
internal static class Limits
{
    public const int Operators = 10_000;
    public const int Tensors = 20_000;
    public const int Buffers = 40_000;
    public const int OperatorCodes = 1_000;
    public const int Subgraphs = 1_000;
    public const int Metadata = 1_000;
    public const int NameLength = 4_096;

    /// <summary>Of one operator.</summary>
    public const int Operands = 1_024;
}
