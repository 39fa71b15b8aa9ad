using System.Globalization;
using System.Text;
using TinyQuant.Generator.Inspection;

namespace TinyQuant.Tool.Output;

/// <summary>The arena over time in the terminal: operators from left to right, addresses from top to bottom.</summary>
internal static class ArenaDrawing
{
    private const int MaxRows = 16;
    private const int CellWidth = 3;
    private const int MaxOperators = 1_000; // wider than anybody's terminal, and each cell looks at all buffers
    private const char Free = '.';

    /// <summary>The letter that stands for a buffer.</summary>
    public static char Letter(int buffer) => (char)((buffer % 52 < 26 ? 'A' : 'a') + (buffer % 26));

    public static void Write(InspectedModel model)
    {
        if (model.InstanceBytes > 0 && model.Operators.Length <= MaxOperators)
        {
            Screen.Drawing(Draw(model));
        }
        else if (model.InstanceBytes > 0)
        {
            int operators = model.Operators.Length;
            Screen.Line($"The arena of {operators} operators is too wide to draw here; --svg draws it into a file.");
        }
    }

    /// <summary>
    /// A row for each part of the arena, a column for each operator; before them one for the caller's input.
    /// </summary>
    public static string Draw(InspectedModel model)
    {
        int rows = Math.Min(MaxRows, model.InstanceBytes);
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            long start = (long)model.InstanceBytes * row / rows;
            long end = (long)model.InstanceBytes * (row + 1) / rows;
            text.Append(CultureInfo.InvariantCulture, $"{start,10:N0} ");
            for (int op = -1; op < model.Operators.Length; op++)
            {
                text.Append(Cell(model, start, end, op), CellWidth).Append(' ');
            }

            text.Append('\n');
        }

        text.Append(' ', 11);
        for (int op = -1; op < model.Operators.Length; op++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(op < 0 ? "in" : op),-CellWidth} ");
        }

        return text.ToString().TrimEnd();
    }

    private static char Cell(InspectedModel model, long start, long end, int op)
    {
        for (int i = 0; i < model.Buffers.Length; i++)
        {
            InspectedBuffer b = model.Buffers[i];
            if (b.FirstUse <= op && b.LastUse >= op && b.Offset < end && b.Offset + b.Bytes > start)
            {
                return Letter(i);
            }
        }

        return Free;
    }
}
