namespace TinyQuant.Training;

/// <summary>A file that holds where training is, so that a run that was killed can go on.</summary>
/// <param name="Path">The file.</param>
/// <param name="Resume">Whether to go on from it where it exists.</param>
public sealed record CheckpointFile(string Path, bool Resume = false);
