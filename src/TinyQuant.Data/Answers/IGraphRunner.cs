namespace TinyQuant.Data;

/// <summary>Computes a float32 graph and shows what is inside, for calibration.</summary>
public interface IGraphRunner
{
    /// <summary>Runs the graph once.</summary>
    /// <param name="input">The graph's only input, row-major.</param>
    /// <returns>Every tensor that an operator wrote, by name, row-major.</returns>
    IReadOnlyDictionary<string, float[]> Run(float[] input);
}
