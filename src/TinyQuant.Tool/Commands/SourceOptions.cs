using System.CommandLine;
using TinyQuant.Import;

namespace TinyQuant.Tool.Commands;

/// <summary>What a command is told about a model of another format that its file leaves open.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string[]> _shape = new("--shape")
    {
        HelpName = "NAME=SIZExSIZE...",
        Description = "The shape of an input whose dimensions a .tflite file leaves open, such as "
            + "input=1x96x96x3; once for each.",
    };

    private readonly Option<string?> _signature = new("--signature")
    {
        HelpName = "NAME",
        Description = "Which of a .tflite file's signatures is the model; without it its first subgraph, and the "
            + "names of all are shown.",
    };

    private SourceOptions() => _shape.Validators.Add(result =>
    {
        foreach (string text in result.Tokens.Select(t => t.Value).Where(t => !InputShape.TryParse(t, out _)))
        {
            result.AddError($"--shape '{text}' is no shape of an input; expected {InputShape.Expected}.");
        }
    });

    /// <summary>Adds the options to a command.</summary>
    public static SourceOptions AddTo(Command command)
    {
        var options = new SourceOptions();
        command.Add(options._shape);
        command.Add(options._signature);
        return options;
    }

    /// <summary>What was given.</summary>
    public ImportOptions Of(ParseResult parsed) => new()
    {
        Shapes =
        [
            .. (parsed.GetValue(_shape) ?? []).Select(t => InputShape.TryParse(t, out InputShape? shape) ? shape : null)
                .OfType<InputShape>(),
        ],
        Signature = parsed.GetValue(_signature),
    };
}
