namespace Gateway.Configuration;

/// <summary>Everything that is wrong with the settings.</summary>
/// <param name="errors">A line each.</param>
internal sealed class SettingsException(IReadOnlyList<string> errors) : FormatException(string.Join("; ", errors))
{
    public IReadOnlyList<string> Errors => errors;
}
