using System.CommandLine;
using TinyQuant.Import;

namespace TinyQuant.Tool.Commands;

/// <summary>What a command is told about a model of another format that its file leaves open.</summary>
internal sealed class SourceOptions
{
    private readonly List<(SourceSetting Setting, Option<string[]> Option)> _options =
        [.. SourceSetting.All.Select(s => (s, Create(s)))];

    /// <summary>Adds the options to a command.</summary>
    public static SourceOptions AddTo(Command command)
    {
        var options = new SourceOptions();
        options._options.ForEach(o => command.Add(o.Option));
        return options;
    }

    /// <summary>What was given.</summary>
    public ImportOptions Of(ParseResult parsed)
    {
        var options = new ImportOptions();
        foreach ((SourceSetting setting, Option<string[]> option) in _options)
        {
            options = (parsed.GetValue(option) ?? []).Aggregate(options, (o, text) => setting.With(o, text) ?? o);
        }

        return options;
    }

    private static Option<string[]> Create(SourceSetting setting)
    {
        var option = new Option<string[]>(setting.Option)
        {
            HelpName = setting.Value,
            Description = setting.Description,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 1 && !setting.IsList)
            {
                result.AddError($"{setting.Option} is given several times; expected once.");
            }

            foreach (string text in result.Tokens.Select(t => t.Value)
                .Where(t => setting.With(new ImportOptions(), t) is null))
            {
                result.AddError($"{setting.Option} '{text}' makes no sense; expected {setting.Expected}.");
            }
        });
        return option;
    }
}
