using System.Globalization;

namespace TinyQuant.Gateway.Soak;

/// <summary>How much, and for how long.</summary>
internal sealed record SoakOptions
{
    public const string Help = """
        Runs the gateway against a Mosquitto of its own and counts every message.

          soak [--rate N] [--seconds S] [--flood-rate N] [--flood-seconds S]

          --rate           messages a second in the steady parts       2000
          --seconds        of the steady part before the flood         60
          --flood-rate     messages a second in the flood              20000
          --flood-seconds  of the flood                                20

        Exit codes: 0 nothing was lost, 1 something was, 2 wrong arguments, 3 there is no mosquitto.
        """;

    public int Rate { get; private set; } = 2_000;

    public int Seconds { get; private set; } = 60;

    public int FloodRate { get; private set; } = 20_000;

    public int FloodSeconds { get; private set; } = 20;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">One of them is wrong.</exception>
    public static SoakOptions Parse(string[] arguments)
    {
        var options = new SoakOptions();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            int value = i + 1 < arguments.Length
                && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number is > 0 and <= 1_000_000
                ? number
                : throw new FormatException($"{arguments[i]} needs a number from 1 to 1000000");
            _ = arguments[i] switch
            {
                "--rate" => options.Rate = value,
                "--seconds" => options.Seconds = value,
                "--flood-rate" => options.FloodRate = value,
                "--flood-seconds" => options.FloodSeconds = value,
                _ => throw new FormatException($"'{arguments[i]}' is not understood; --help shows what is"),
            };
        }

        return options;
    }
}
