using Microsoft.Extensions.Configuration;

namespace Gateway.Configuration;

/// <summary>Joins what is said in a file, in the environment and on the command line; the later counts more.</summary>
internal static class ConfigurationSources
{
    public const string FileOption = "--config";
    public const string EnvironmentPrefix = "GATEWAY_";
    public const string StandardFile = "appsettings.json";

    /// <summary>Reads them.</summary>
    /// <param name="arguments"><c>--Section:Key=value</c>, and the file as <c>--config FILE</c> or
    /// <c>--config=FILE</c>.</param>
    /// <exception cref="FormatException">An argument is neither, or the file is wrong; the message says which and
    /// why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IConfiguration Read(IReadOnlyList<string> arguments)
    {
        string? file = null;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (argument == FileOption && i + 1 < arguments.Count)
            {
                file = arguments[++i];
            }
            else if (equals > 2 && argument[..equals] == FileOption)
            {
                file = argument[(equals + 1)..];
            }
            else if (equals > 2 && argument.StartsWith("--", StringComparison.Ordinal))
            {
                settings[argument[2..equals]] = argument[(equals + 1)..];
            }
            else
            {
                throw new FormatException(
                    $"'{argument}' is not understood; expected --Section:Key=value or a command, as 'gateway "
                        + "--help' lists them");
            }
        }

        var builder = new ConfigurationBuilder();
        file ??= StandardPath();
        if (file is not null)
        {
            builder.AddJsonStream(new MemoryStream(File.ReadAllBytes(file)));
        }

        try
        {
            return builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(settings).Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or System.Text.Json.JsonException)
        {
            throw new FormatException($"{file} is no JSON object of settings: {e.Message}", e);
        }
    }

    private static string? StandardPath()
    {
        string path = Path.Combine(AppContext.BaseDirectory, StandardFile);
        return File.Exists(path) ? path : null;
    }
}
