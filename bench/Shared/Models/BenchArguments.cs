using System.Globalization;

namespace TinyQuant.Bench;

/// <summary><c>DIRECTORY [--only NAME] [--rounds N] [--json FILE]</c>.</summary>
/// <param name="Directory">What TinyQuant.Bench.Prepare wrote.</param>
/// <param name="Rounds">How many rounds are timed.</param>
/// <param name="Json">Where results are written, too; null for nowhere.</param>
/// <param name="Only">What the names begin with of those models that are timed: alone in a process, a model can be
/// profiled.</param>
internal sealed record BenchArguments(string Directory, int Rounds, string? Json, string Only = "")
{
    private const int DefaultRounds = 101;

    /// <summary>Whether a model is timed that the tables call so.</summary>
    public bool Takes(string name) => name.StartsWith(Only, StringComparison.Ordinal);

    /// <summary>Reads the command line; null, and a message, where it is wrong.</summary>
    public static BenchArguments? Parse(string[] args)
    {
        var parsed = new BenchArguments("", DefaultRounds, null);
        for (int i = 0; i < args.Length; i++)
        {
            string? next = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--rounds" when int.TryParse(
                    next, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
                    parsed = parsed with { Rounds = rounds };
                    i++;
                    break;
                case "--only" when next is not null:
                    parsed = parsed with { Only = next };
                    i++;
                    break;
                case "--json" when next is not null:
                    parsed = parsed with { Json = next };
                    i++;
                    break;
                default:
                    parsed = parsed with { Directory = args[i] };
                    break;
            }
        }

        if (System.IO.Directory.Exists(parsed.Directory))
        {
            return parsed;
        }

        Console.Error.WriteLine(
            $"expected DIRECTORY [--only NAME] [--rounds N] [--json FILE], the directory that "
                + $"TinyQuant.Bench.Prepare wrote; '{parsed.Directory}' is none");
        return null;
    }
}
