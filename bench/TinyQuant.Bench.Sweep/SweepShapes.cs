namespace TinyQuant.Bench;

/// <summary>
/// The layers of the sweep: of each operator some from about 1 K to 10 M multiply-accumulates, and several shapes of
/// the largest.
/// </summary>
internal static class SweepShapes
{
    /// <summary>What the claim is about: weights that the second cache holds.</summary>
    private const int WeightLimit = 256 * 1024;

    private static readonly LayerShape[] s_all =
    [
        .. Conv3x3([(2, 2, 8, 8), (3, 3, 8, 8), (4, 4, 8, 8), (4, 4, 8, 16), (6, 6, 8, 16), (8, 8, 8, 16),
            (8, 8, 16, 16), (8, 8, 16, 32), (8, 8, 32, 32), (16, 16, 16, 32),
            (4, 4, 128, 128), (8, 8, 64, 64), (16, 16, 32, 32), (16, 16, 32, 64), (48, 48, 8, 32), (8, 8, 128, 128),
            (16, 16, 64, 64), (32, 32, 32, 32), (48, 48, 16, 32)]),
        .. Conv1x1([(4, 4, 8, 8), (4, 4, 8, 16), (5, 5, 16, 16), (5, 5, 16, 32), (8, 8, 16, 32), (8, 8, 32, 32),
            (12, 12, 32, 32), (12, 12, 32, 64), (25, 5, 64, 64), (6, 6, 128, 128), (16, 16, 64, 64),
            (24, 24, 64, 64), (48, 48, 32, 64), (24, 24, 128, 128), (48, 48, 64, 64), (48, 48, 32, 128)]),
        .. Depthwise([(4, 4, 8), (4, 4, 16), (5, 5, 32), (8, 8, 32), (8, 8, 64), (25, 5, 64), (12, 12, 128),
            (16, 16, 128), (24, 24, 64), (24, 24, 128), (48, 48, 64), (48, 48, 128),
            (96, 96, 64), (96, 96, 128)]),
        .. FullyConnected([(1, 128, 8), (1, 64, 32), (1, 64, 64), (1, 128, 64), (1, 256, 64), (1, 256, 128),
            (1, 256, 240), (1, 640, 128), (1, 512, 240), (1, 512, 480), (8, 256, 240),
            (16, 256, 240), (40, 256, 240), (80, 256, 240), (160, 256, 240)]),
    ];

    /// <summary>Every layer in every arithmetic in which its weights are below the limit.</summary>
    public static IEnumerable<(LayerShape Shape, Arithmetic Arithmetic)> All =>
        from arithmetic in Enum.GetValues<Arithmetic>()
        from shape in s_all
        where WeightBytes(shape, arithmetic) < WeightLimit
        select (shape, arithmetic);

    public static int WeightBytes(LayerShape shape, Arithmetic arithmetic) =>
        shape.Weights * (arithmetic == Arithmetic.Float32 ? sizeof(float) : sizeof(sbyte));

    private static IEnumerable<LayerShape> Conv3x3((int Height, int Width, int Inputs, int Outputs)[] shapes) =>
        shapes.Select(s => new LayerShape(LayerOperator.Conv3x3, s.Height, s.Width, s.Inputs, s.Outputs));

    private static IEnumerable<LayerShape> Conv1x1((int Height, int Width, int Inputs, int Outputs)[] shapes) =>
        shapes.Select(s => new LayerShape(LayerOperator.Conv1x1, s.Height, s.Width, s.Inputs, s.Outputs));

    // A depthwise layer of 10 M is larger than those of small models: images of 96 × 96 are needed.
    private static IEnumerable<LayerShape> Depthwise((int Height, int Width, int Channels)[] shapes) =>
        shapes.Select(s => new LayerShape(LayerOperator.Depthwise3x3, s.Height, s.Width, s.Channels, s.Channels));

    // One row has as many multiply-accumulates as there are weights, so the larger ones have several.
    private static IEnumerable<LayerShape> FullyConnected((int Rows, int Inputs, int Outputs)[] shapes) =>
        shapes.Select(s => new LayerShape(LayerOperator.FullyConnected, s.Rows, 1, s.Inputs, s.Outputs));
}
