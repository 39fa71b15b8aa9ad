namespace TinyQuant.Import.Tflite.Schema;

/// <summary>The most of each that a file may have, besides <see cref="TinyQuant.Model.ModelLimits"/>.</summary>
internal static class Limits
{
    public const int Buffers = 40_000;
    public const int OperatorCodes = 1_000;
    public const int Subgraphs = 1_000;
    public const int Metadata = 1_000;
}
