using TinyQuant.Evaluation;
using TinyQuant.Training;

namespace TinyQuant.Tool;

/// <summary>Turns what can go wrong into a message and an exit code.</summary>
internal static class ErrorReporter
{
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("tinyquant: interrupted; no file was left half-written.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or FormatException or ModelCompilationException or TrainingDivergedException)
        {
            Console.Error.WriteLine("tinyquant: " + Message(e));
            return ExitCodes.WrongInput;
        }
    }

    /// <summary>Without the name of a method's parameter, which .NET puts behind the message.</summary>
    private static string Message(Exception e) =>
        e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
}
