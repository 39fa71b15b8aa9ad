using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>An operator as a call of a kernel.</summary>
/// <param name="Operator">What it computes.</param>
/// <param name="Method">The kernel, as C#.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Buffers">The spans of the arena that the arguments name.</param>
internal sealed record KernelCall(
    Operator Operator, string Method, ImmutableArray<KernelArgument> Arguments, ImmutableArray<ArenaBuffer> Buffers)
{
    /// <summary>An operator that leaves nothing to do: its output is its input's memory.</summary>
    public bool IsNothing => Method.Length == 0;

    /// <summary>Whether it tells if the run goes on; where not, the run ends there.</summary>
    public bool EndsRuns => Operator.EndsRuns;

    /// <summary>
    /// What follows it for the same operator: one that handles a tensor at a time takes a call for each.
    /// </summary>
    public ImmutableArray<KernelCall> Further { get; init; } = [];

    /// <summary>
    /// About the characters that it takes in the generated file, with what is said of its operator, the spans that it
    /// is the first to use, and what follows it.
    /// </summary>
    public long CodeLength => CallLength + Further.Sum(f => f.CallLength)
        + Operator.Inputs.Concat(Operator.Outputs).Sum(t => t.Name.Length + 20L)
        + Buffers.Sum(b => 200L + b.Identifier.Length);

    private long CallLength => Method.Length + Arguments.Sum(a => a.ToString().Length + 2L);

    public static KernelCall Nothing(Operator op) => new(op, "", [], []);
}
