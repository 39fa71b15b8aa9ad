using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>The source that is compiled beside a model: the type that the generator fills, and an adapter over it.</summary>
internal static class AdapterSource
{
    public const string ModelFileName = "model.tqm";
    public const string AdapterType = "TinyQuant.Evaluation.Generated.Adapter";

    /// <summary>C# for a graph.</summary>
    /// <param name="graph">Says which types the spans have.</param>
    /// <param name="classifiesValues">Whether the generated type takes float input.</param>
    /// <param name="classifiesPixels">Whether it takes byte input.</param>
    public static string Write(Graph graph, bool classifiesValues, bool classifiesPixels) => $$"""
        namespace TinyQuant.Evaluation.Generated;

        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;

        [TinyQuant.QuantizedModel("{{ModelFileName}}")]
        public sealed partial class CompiledGraph;

        public sealed class Adapter : TinyQuant.Evaluation.IModelAdapter
        {
            private readonly CompiledGraph _model = new();

            public int ArenaBytes => CompiledGraph.ArenaBytes;

            public int BakedBytes => CompiledGraph.BakedBytes;

            public bool Classifies => {{Literal(classifiesValues)}};

            public bool ClassifiesPixels => {{Literal(classifiesPixels)}};

            public void Run(IReadOnlyList<byte[]> inputs, IReadOnlyList<byte[]> outputs) => _model.Run({{Arguments(graph)}});

            public int Classify(ReadOnlySpan<float> values) => {{Classify("values", classifiesValues)}};

            public int Classify(ReadOnlySpan<byte> pixels) => {{Classify("pixels", classifiesPixels)}};
        }
        """;

    private static string Arguments(Graph graph) => string.Join(", ",
        graph.Inputs.Select((t, i) => $"MemoryMarshal.Cast<byte, {Element(t)}>(inputs[{i}].AsSpan())")
            .Concat(graph.Outputs.Select((t, i) => $"MemoryMarshal.Cast<byte, {Element(t)}>(outputs[{i}].AsSpan())")));

    private static string Classify(string parameter, bool exists) => exists
        ? $"_model.Classify({parameter})"
        : $"throw new NotSupportedException(\"The model does not classify such input.\")";

    private static string Literal(bool value) => value ? "true" : "false";

    private static string Element(Tensor tensor) => tensor.Type switch
    {
        TensorType.Float32 => "float",
        TensorType.Int8 => "sbyte",
        _ => "int",
    };
}
