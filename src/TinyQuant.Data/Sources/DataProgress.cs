namespace TinyQuant.Data;

/// <summary>What <see cref="DataSetLoader"/> is doing.</summary>
/// <param name="Activity">A short line for people to read, such as <c>looking for MNIST</c>.</param>
/// <param name="Bytes">The bytes of it done so far; 0 where nothing is counted.</param>
/// <param name="TotalBytes">All bytes of it, where they are known.</param>
public readonly record struct DataProgress(string Activity, long Bytes = 0, long? TotalBytes = null);
