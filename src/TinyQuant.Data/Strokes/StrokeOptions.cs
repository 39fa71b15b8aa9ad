namespace TinyQuant.Data;

/// <summary>The size and the seed of <see cref="StrokeDigits"/>.</summary>
/// <param name="TrainCount">The number of training images.</param>
/// <param name="TestCount">The number of test images.</param>
/// <param name="Seed">The same seed gives the same images, on every machine.</param>
public sealed record StrokeOptions(int TrainCount = 10_000, int TestCount = 2_000, ulong Seed = 1);
