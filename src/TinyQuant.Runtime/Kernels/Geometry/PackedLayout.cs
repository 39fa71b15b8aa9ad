namespace TinyQuant.Kernels.Geometry;

/// <summary>
/// How packed int8 weights lie: columns of 8 outputs, the last outputs as columns of 4, 2 and 1; in a column, for each
/// 4 inputs, the 4 weights of each output in turn. For matrix-vector products the first outputs are in columns of 32,
/// in which four blocks of 8 take turns.
/// </summary>
/// <remarks>Part of the generator too, which packs what the kernels read.</remarks>
internal static class PackedLayout
{
    /// <summary>Weights of an output side by side; depths are padded to a multiple with zeros.</summary>
    public const int StepInputs = 4;

    /// <summary>Outputs of a column, or of a block in a wide one.</summary>
    public const int ColumnOutputs = 8;

    /// <summary>Outputs of a wide column.</summary>
    public const int WideOutputs = 4 * ColumnOutputs;

    /// <summary>Inputs of a block before the next one's turn; of the last inputs, fewer, a step.</summary>
    public const int WideInputs = 4 * StepInputs;

    /// <summary>The weights of an output, or of a row of its window, with what they are padded with.</summary>
    public static long Padded(long depth) => (depth + (StepInputs - 1)) & ~(StepInputs - 1L);

    /// <summary>Outputs of the next column of 8, 4, 2 or 1.</summary>
    public static int ColumnWidth(int outputsLeft) => outputsLeft switch
    {
        >= ColumnOutputs => ColumnOutputs,
        >= 4 => 4,
        >= 2 => 2,
        _ => 1,
    };
}
