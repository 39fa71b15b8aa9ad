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

    /// <summary>The last parameters: the model's arena where there is state, then that of the method.</summary>
    public static ImmutableArray<(string Declaration, string Name)> Memory(bool keepsState)
    {
        ImmutableArray<(string Declaration, string Name)> arena = [Named(TypeNames.ByteSpan, "arena")];
        return keepsState ? arena.Insert(0, Named(TypeNames.ByteSpan, SubgraphMethod.State)) : arena;
    }

    private static (string Declaration, string Name) Named(string type, string name) => ($"{type} {name}", name);
}
