using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>
/// The source that is compiled beside a model: the type that the generator fills, and an adapter over it.
/// </summary>
internal static class AdapterSource
{
    public const string ModelFileName = "model.tqm";
    public const string AdapterType = "TinyQuant.Evaluation.Generated.Adapter";

    /// <summary>What the generated type has, which the adapter must fit.</summary>
    /// <param name="ClassifiesValues">Whether it classifies float input.</param>
    /// <param name="ClassifiesPixels">Whether it classifies byte input.</param>
    /// <param name="TracesLayers">Whether it tells what each operator computes.</param>
    public sealed record Surface(bool ClassifiesValues, bool ClassifiesPixels, bool TracesLayers);

    /// <summary>C# for a graph.</summary>
    /// <param name="graph">Says which types the spans have.</param>
    /// <param name="surface">What the generated type has.</param>
    public static string Write(Graph graph, Surface surface) => $$"""
        #nullable enable
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

            public int ScratchBytes => CompiledGraph.ScratchBytes;

            public int InstanceBytes => {{(surface.ClassifiesValues ? "CompiledGraph.ClassifyArenaBytes" : "CompiledGraph.ArenaBytes")}};

            public int BakedBytes => CompiledGraph.BakedBytes;

            public bool Classifies => {{Literal(surface.ClassifiesValues)}};

            public bool ClassifiesPixels => {{Literal(surface.ClassifiesPixels)}};

            public bool Run(IReadOnlyList<byte[]> inputs, IReadOnlyList<byte[]> outputs)
            {
                {{(graph.Operators.Any(o => o.EndsRuns)
                    ? $"return _model.Run({Arguments(graph)});"
                    : $"_model.Run({Arguments(graph)}); return true;")}}
            }

            public void Reset()
            {
                {{(graph.States.Any() ? "_model.Reset();" : "")}}
            }

            public void TraceLayers(Action<int, int, byte[]>? trace) => {{(surface.TracesLayers
                ? "CompiledGraph.LayerTrace = trace"
                : "throw new NotSupportedException(\"This code was not generated to tell of its layers.\")")}};

            public void WatchLayers(Action<int>? done) => {{(surface.TracesLayers
                ? "CompiledGraph.LayerDone = done"
                : "throw new NotSupportedException(\"This code was not generated to tell of its layers.\")")}};

            public int Classify(ReadOnlySpan<float> values) => {{Classify("values", surface.ClassifiesValues)}};

            public int Classify(ReadOnlySpan<byte> pixels) => {{Classify("pixels", surface.ClassifiesPixels)}};
        }
        """;

    private static string Arguments(Graph graph) => string.Join(", ",
        graph.Inputs.Select((t, i) => Invariant($"MemoryMarshal.Cast<byte, {Element(t)}>(inputs[{i}].AsSpan())"))
            .Concat(graph.Outputs.Select((t, i) =>
                Invariant($"MemoryMarshal.Cast<byte, {Element(t)}>(outputs[{i}].AsSpan())"))));

    private static string Classify(string parameter, bool exists) => exists
        ? $"_model.Classify({parameter})"
        : $"throw new NotSupportedException(\"The model does not classify such input.\")";

    private static string Literal(bool value) => value ? "true" : "false";

    private static string Element(Tensor tensor) => tensor.Type.ToCSharp();
}
