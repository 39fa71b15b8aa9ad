namespace TinyQuant.Training;

/// <summary>
/// Training ran into a number that is not finite: its message names the step, the tensor and what to try.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <summary>An error with no more than .NET's message.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">The step, the tensor and what to try.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">The step, the tensor and what to try.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
