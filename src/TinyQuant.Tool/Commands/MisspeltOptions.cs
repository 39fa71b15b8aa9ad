using System.CommandLine;

namespace TinyQuant.Tool.Commands;

/// <summary>Where any word may be a file, a misspelt option would be one.</summary>
internal static class MisspeltOptions
{
    /// <summary>
    /// Refuses arguments that begin as options do; a file of such a name is given with <c>./</c> before it.
    /// </summary>
    public static void Refuse<T>(Argument<T> argument) => argument.Validators.Add(result =>
    {
        foreach (string word in result.Tokens.Select(t => t.Value).Where(v => v.Length > 1 && v[0] == '-'))
        {
            result.AddError($"There is no option '{word}'.");
        }
    });
}
