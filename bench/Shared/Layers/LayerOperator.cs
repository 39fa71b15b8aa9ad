namespace TinyQuant.Bench;

/// <summary>What a layer computes.</summary>
internal enum LayerOperator
{
    Conv3x3,
    Conv1x1,
    Depthwise3x3,
    FullyConnected,
}
