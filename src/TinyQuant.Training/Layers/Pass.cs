namespace TinyQuant.Training.Layers;

/// <summary>One pass of a batch through a network.</summary>
/// <param name="Batch">Examples in it.</param>
/// <param name="IsTraining">Whether the batch's own statistics count, and dropout drops.</param>
/// <param name="Seed">Decides what dropout drops.</param>
/// <param name="Step">The training step, from 0; with the seed and the example's place in the batch it decides the
/// same.</param>
public readonly record struct Pass(int Batch, bool IsTraining = false, ulong Seed = 0, long Step = 0);
