using TinyQuant.Evaluation;
using TinyQuant.Model;

namespace TinyQuant.Bench.Operators;

/// <summary>A model as generated code, with its tensors.</summary>
internal sealed class RowRun
{
    private readonly CompiledModel _model;
    private readonly byte[][] _inputs;
    private readonly byte[][] _outputs;

    private RowRun(string text, IEnumerable<byte[]> inputs)
    {
        ModelReadResult read = ModelReader.Read(text);
        _model = CompiledModel.Compile(read.Graph
            ?? throw new FormatException(string.Join('\n', read.Errors) + "\n" + text));
        _inputs = [.. inputs];
        _outputs = [.. _model.Graph.Outputs.Select(t => new byte[t.ByteLength])];
    }

    /// <summary>A row's operator.</summary>
    public static RowRun Of(OperatorRow row)
    {
        byte[][] inputs = [.. row.Inputs.Where(t => !t.IsKept).Select(t => t.Data())];
        return new RowRun(row.WriteModel(), inputs.Length == 0 ? [new byte[sizeof(float)]] : inputs);
    }

    /// <summary>A model that copies so many bytes, called as the others are.</summary>
    public static RowRun CopyOf(int bytes) => new(
        $"tinyquant-model 1\ntensor x int8 [{bytes}] scale 1\ntensor y int8 [1,{bytes}] scale 1\n"
            + "input x\noutput y\nop Reshape x -> y\n",
        [new byte[bytes]]);

    /// <summary>One run.</summary>
    public int Run() => _model.Run(_inputs, _outputs) ? 1 : 0;
}
