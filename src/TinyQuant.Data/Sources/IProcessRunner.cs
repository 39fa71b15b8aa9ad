namespace TinyQuant.Data;

/// <summary>Runs a program; a test puts its own in the place of <see cref="ProcessRunner"/>.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name, looked up in PATH.</param>
    /// <param name="arguments">One by one, never through a shell.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="cancellationToken">Ends the program and what it started.</param>
    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program has been ended.</exception>
    Task<ProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, string workingDirectory, CancellationToken cancellationToken);
}
