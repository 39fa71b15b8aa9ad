using System.Diagnostics;
using TinyQuant;

Digits digits = default; // holds the working memory: a call allocates nothing

string picture = Picture.Digit;
Span<byte> pixels = stackalloc byte[Digits.InputLength]; // 28 x 28, row by row, light on dark
Picture.Read(picture, pixels);

digits.Classify(pixels); // once untimed: dotnet run compiles a method when it is first called
long start = Stopwatch.GetTimestamp();
int digit = digits.Classify(pixels);
TimeSpan time = Stopwatch.GetElapsedTime(start);

Console.WriteLine(picture);
string effort = $"{time.TotalMicroseconds:F1} us by {Digits.Macs:N0} multiply-accumulates ({DotUnits.Int8})";
Console.WriteLine($"This is a {digit}, found in {effort}.");

/// <summary>The model, compiled in. The budgets are errors of the build when it costs more.</summary>
[QuantizedModel("digits.tqm", MaxWeightBytes = 16_384, MaxArenaBytes = 1_024, MinAccuracy = 0.9)]
internal partial struct Digits;

/// <summary>Pictures of 28 x 28 characters, ten levels of light.</summary>
internal static class Picture
{
    private const int Side = 28;
    private const string Levels = " .:-=+*#%@";

    public const string Digit = """
        |                            |
        |                            |
        |                            |
        |                            |
        |       .++.                 |
        |      +@@@@*                |
        |     +@@@@@@%:              |
        |     -@@+-=@@@+             |
        |     #@*   :@@@*            |
        |     @@.    :#@@*           |
        |     #@.     :@@@-          |
        |     +@. -#---+@@=          |
        |     -@-.@@@@@@@@%-         |
        |      - .@@@@@@@@@@@-       |
        |         :**@@@@@@@@@%.     |
        |              ..  +@@@#.    |
        |          :        :%@@#    |
        |        -%@-         %@@:   |
        |        -@@@:        :@@#   |
        |         =@@:        -@@+   |
        |          #@%*.    =%@@@+   |
        |           %@@@@@@@@@@@#    |
        |            -#%@@@@@@#=     |
        |               .+:=-.       |
        |                            |
        |                            |
        |                            |
        |                            |
        """;

    /// <summary>A byte for each pixel.</summary>
    /// <param name="picture">28 lines of a bar, 28 characters and a bar.</param>
    /// <param name="pixels">784 bytes, row by row.</param>
    public static void Read(ReadOnlySpan<char> picture, Span<byte> pixels)
    {
        int row = 0;
        foreach (ReadOnlySpan<char> line in picture.EnumerateLines())
        {
            for (int column = 0; column < Side; column++)
            {
                pixels[(row * Side) + column] = (byte)(Levels.IndexOf(line[column + 1]) * 255 / (Levels.Length - 1));
            }

            row++;
        }
    }
}
