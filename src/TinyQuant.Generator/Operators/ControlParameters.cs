using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The parameters of a method that runs subgraphs, by their place among the operator's tensors.</summary>
internal static class ControlParameters
{
    public static ImmutableArray<(string Declaration, string Name)> Inputs(IEnumerable<Tensor> tensors) =>
        [.. tensors.Select((t, i) => Named(TypeNames.ReadOnlySpan(t.Type), Invariant($"input{i}")))];

    public static ImmutableArray<(string Declaration, string Name)> Outputs(IEnumerable<Tensor> tensors) =>
        [.. tensors.Select((t, i) => Named(TypeNames.Span(t.Type), Invariant($"output{i}")))];

    private static (string Declaration, string Name) Named(string type, string name) => ($"{type} {name}", name);
}
