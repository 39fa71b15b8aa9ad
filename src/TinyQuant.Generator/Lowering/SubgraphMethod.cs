using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>A private method of the generated type: a graph that an operator runs, or what decides to run it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it does, for a comment.</param>
/// <param name="Parameters">Declaration and name of each; the last one is the memory that it works in.</param>
/// <param name="Calls">The kernels that it calls; empty where it has lines of its own.</param>
/// <param name="Lines">Its lines, indented; empty where it calls kernels.</param>
internal sealed record SubgraphMethod(
    string Name, string Summary, ImmutableArray<(string Declaration, string Name)> Parameters,
    ImmutableArray<KernelCall> Calls, ImmutableArray<string> Lines)
{
    /// <summary>The parameter of one that keeps state: the model's arena, at whose start all state lies.</summary>
    public const string State = "modelArena";

    /// <summary>Whether a run may end in it, so that it tells whether the run goes on.</summary>
    public bool EndsRuns { get; init; } = Calls.Any(c => c.EndsRuns);

    /// <summary>What it returns.</summary>
    public string ReturnType => EndsRuns ? "bool" : "void";
}
