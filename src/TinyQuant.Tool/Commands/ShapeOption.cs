using System.Collections.Immutable;
using System.CommandLine;
using TinyQuant.Import;

namespace TinyQuant.Tool.Commands;

/// <summary><c>--shape</c>: the sizes of inputs whose dimensions a file leaves open.</summary>
internal static class ShapeOption
{
    /// <summary>The option, which may stand several times.</summary>
    public static Option<string[]> Create()
    {
        var shape = new Option<string[]>("--shape")
        {
            HelpName = "NAME=SIZExSIZE...",
            Description = "The shape of an input whose dimensions a .tflite file leaves open, such as "
                + "input=1x96x96x3; once for each.",
        };
        shape.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(t => t.Value).Where(t => !InputShape.TryParse(t, out _)))
            {
                result.AddError($"--shape '{text}' is no shape of an input; expected {InputShape.Expected}.");
            }
        });
        return shape;
    }

    /// <summary>What was given.</summary>
    public static ImmutableArray<InputShape> Of(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).Select(t => InputShape.TryParse(t, out InputShape? shape) ? shape : null)
            .OfType<InputShape>()];
}
