namespace TinyQuant.Model.Tests.Format;

/// <summary>Model texts, right and wrong.</summary>
internal static class Texts
{
    /// <summary>A right model. Line 0 is the first; the op is line 12.</summary>
    public const string Right = """
        tinyquant-model 1
        name small
        note any text = -> "
        metric accuracy 0.5 set 10
        rounding single
        labels a b
        tensor in int8 [1,3] scale 0.5 zero -1
        tensor w int8 [2,3] scale [0.5,0.25] axis 0 data
          AQIDBAUG
        tensor out int8 [1,2] scale 0.25
        input in
        output out
        op FullyConnected in w -> out activation=relu

        """;

    /// <summary>The right model with one line replaced.</summary>
    public static string With(int line, string replacement)
    {
        string[] lines = Right.Split('\n');
        lines[line] = replacement;
        return string.Join('\n', lines);
    }
}
