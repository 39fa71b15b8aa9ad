using System.Globalization;

namespace Keywords;

internal enum Command
{
    Stream,
    File,
    SelfTest,
    Help,
}

/// <summary>What the command line says.</summary>
internal sealed class Options
{
    public const float DefaultThreshold = 0.8f;

    public Command Command { get; private set; }

    /// <summary>The file, where there is one.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The least average score of a word in a stream.</summary>
    public float Threshold { get; private set; } = DefaultThreshold;

    /// <exception cref="InvalidInputException">An argument is not understood.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            string argument = args[i];
            if (args.Length == 1 && argument is ("--help" or "-h" or "-?"))
            {
                options.Command = Command.Help;
            }
            else if (args.Length == 1 && argument == "--self-test")
            {
                options.Command = Command.SelfTest;
            }
            else if (argument == "--threshold")
            {
                i++;
                options.Threshold = Number(i < args.Length ? args[i] : "");
            }
            else if (options.Path.Length > 0 || argument.Length == 0 || (argument[0] == '-' && argument.Length > 1))
            {
                throw new InvalidInputException(
                    $"'{string.Join(' ', args)}' is not understood; 'keywords --help' shows what is.");
            }
            else
            {
                options.Path = argument;
                options.Command = argument == "-" ? Command.Stream : Command.File;
            }
        }

        return options;
    }

    private static float Number(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && value is > 0 and <= 1
            ? value
            : throw new InvalidInputException($"--threshold is '{text}'; expected a number above 0, at most 1.");
}
