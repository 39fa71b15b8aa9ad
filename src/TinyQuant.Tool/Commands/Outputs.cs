using System.CommandLine.Parsing;

namespace TinyQuant.Tool.Commands;

/// <summary>Checks of where a command writes, before the work and not after it.</summary>
internal static class Outputs
{
    /// <summary>A directory, there or not yet.</summary>
    public static void RequireNoFile(OptionResult result)
    {
        if (result.Tokens.Count > 0 && File.Exists(result.Tokens[0].Value))
        {
            result.AddError($"'{result.Tokens[0].Value}' is a file; expected a directory.");
        }
    }

    /// <summary>A file, there or not yet.</summary>
    public static void RequireNoDirectory(OptionResult result)
    {
        if (result.Tokens.Count > 0 && Directory.Exists(result.Tokens[0].Value))
        {
            result.AddError($"'{result.Tokens[0].Value}' is a directory; expected a file to write.");
        }
    }
}
