using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;
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
            Screen.Error("interrupted; no file was left half-written.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException
            or ArgumentException or FormatException or ModelCompilationException or TrainingDivergedException)
        {
            IReadOnlyList<string> lines = MessageLines.In(e);
            Screen.Error(WithoutParameter(lines[0], e));
            foreach (string line in lines.Skip(1))
            {
                Screen.More(line);
            }

            return ExitCodes.WrongInput;
        }
    }

    /// <summary>Without the name of a method's parameter, which .NET puts behind the message.</summary>
    private static string WithoutParameter(string message, Exception e) =>
        e is ArgumentException { ParamName: { } name }
            ? message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : message;
}
