using System.CommandLine;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Tool.Commands;

/// <summary>How weights are rounded.</summary>
internal sealed class WeightOptions
{
    /// <param name="written">What a command writes with 4 bits; a sentence for its help.</param>
    public WeightOptions(string written)
    {
        Bits.Description = $"Bits of a weight, 8 or 4.{written}";
        Bits.AcceptOnlyFromAmong("8", "4");
        Group.AcceptOnlyFromAmong($"{Int4Data.GroupSize}");
        Group.Validators.Add(result =>
        {
            if (result.GetResult(Bits)?.Tokens is null or [] or [{ Value: "8" }])
            {
                result.AddError("--group goes with --bits 4.");
            }
        });
    }

    public Option<int> Bits { get; } = new("--bits")
    {
        HelpName = "N",
        DefaultValueFactory = _ => 8,
    };

    public Option<int?> Group { get; } = new("--group")
    {
        HelpName = "N",
        Description = "With --bits 4: every N inputs of an output have a multiplier of their own; N is 32. Without "
            + "it each output has a scale and no more.",
    };

    /// <summary>The format that was asked for.</summary>
    public WeightFormat Read(ParseResult parsed, bool perTensor) =>
        (parsed.GetValue(Bits), parsed.GetValue(Group), perTensor) switch
        {
            (4, not null, _) => WeightFormat.Int4Groups,
            (4, _, _) => WeightFormat.Int4,
            (_, _, true) => WeightFormat.Int8PerTensor,
            _ => WeightFormat.Int8,
        };
}
