namespace TinyQuant.Training.Losses;

/// <summary>What a network is trained for: a loss of its outputs, and its gradient.</summary>
public abstract class Objective
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="examples">Which examples they are.</param>
    /// <param name="inputs">[batch, input length], as they went in.</param>
    /// <param name="outputs">[batch, output length].</param>
    /// <param name="gradient">Receives d loss / d output.</param>
    /// <returns>The loss, and how many answers are correct; 0 where nothing is answered.</returns>
    public abstract (double Loss, int Correct) Compute(
        ReadOnlySpan<int> examples, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs, Span<float> gradient);
}
