using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using TinyQuant.Generator.Inspection;
using TinyQuant.Model;

namespace TinyQuant.Tool.Output;

/// <summary>A model's operators and the buffers of its arena, as tables.</summary>
internal static class InspectionTable
{
    private const int MaxTensors = 16; // shown of one operator

    public static void Write(InspectedModel model)
    {
        Screen.Line($"[bold]{model.Name}[/], rounding {model.Rounding}: {model.Macs:N0} MACs, {model.WeightBytes:N0} bytes of weights and biases, {model.BakedBytes:N0} bytes baked");
        Screen.Line($"Arena {model.ArenaBytes:N0} bytes; lower bound {model.ArenaLowerBound:N0} (the most that is in use at one time); of it {model.StateBytes:N0} state and {model.ScratchBytes:N0} kernel scratch; with Classify {model.InstanceBytes:N0}");
        var operators = new Table { Title = new TableTitle("Operators") }
            .AddColumns("#", "operator", "reads", "writes")
            .AddColumns(Right("MACs"), Right("baked bytes"), Right("arena in use"));
        foreach (InspectedOperator op in model.Operators)
        {
            operators.AddRow(
                Number(op.Index), op.Kind, Tensors(op.Inputs), Tensors(op.Outputs),
                Number(op.Macs), Number(op.BakedBytes), Number(op.LiveBytes));
        }

        AnsiConsole.Write(operators);
        if (model.Buffers.IsEmpty)
        {
            return;
        }

        var buffers = new Table { Title = new TableTitle("Arena") }
            .AddColumns("", "buffer", "use")
            .AddColumns(Right("offset"), Right("bytes"), Right("from operator"), Right("to operator"));
        for (int i = 0; i < model.Buffers.Length; i++)
        {
            InspectedBuffer b = model.Buffers[i];
            buffers.AddRow(
                ArenaDrawing.Letter(i).ToString(), Screen.Cell(TensorNames.Shorten(Printable.Text(b.Name))), b.Use,
                Number(b.Offset), Number(b.Bytes),
                b.FirstUse < 0 ? "input" : Number(b.FirstUse), Number(b.LastUse));
        }

        AnsiConsole.Write(buffers);
    }

    private static string Tensors(ImmutableArray<string> tensors) => string.Join("\n", [
        .. tensors.Take(MaxTensors).Select(t => Screen.Cell(TensorNames.ShortenTyped(t))),
        .. tensors.Length > MaxTensors ? new[] { Invariant($"and {tensors.Length - MaxTensors} more") } : []]);

    private static TableColumn Right(string heading) => new TableColumn(heading).RightAligned();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
