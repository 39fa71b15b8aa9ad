using System.Globalization;

namespace TinyQuant.Bench;

/// <summary><c>[--rounds N] [--json FILE]</c>.</summary>
/// <param name="Rounds">How many rounds are timed.</param>
/// <param name="Json">Where results are written, too; null for nowhere.</param>
internal sealed record SweepArguments(int Rounds, string? Json)
{
    private const int DefaultRounds = 51;

    /// <summary>Reads the command line; null, and a message, where it is wrong.</summary>
    public static SweepArguments? Parse(string[] args)
    {
        var parsed = new SweepArguments(DefaultRounds, null);
        for (int i = 0; i < args.Length; i += 2)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--rounds" when int.TryParse(
                    value, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
                    parsed = parsed with { Rounds = rounds };
                    break;
                case "--json" when value is not null:
                    parsed = parsed with { Json = value };
                    break;
                default:
                    Console.Error.WriteLine($"expected [--rounds N] [--json FILE]; '{args[i]}' is not that");
                    return null;
            }
        }

        return parsed;
    }
}
