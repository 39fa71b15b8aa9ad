using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The operators of a graph as calls of kernels, in order.</summary>
internal static class OperatorLowering
{
    /// <exception cref="UnsupportedModelException">An operator needs what this version does not have.</exception>
    public static ImmutableArray<KernelCall> Lower(LoweringContext context)
    {
        ImmutableArray<KernelCall>.Builder calls = ImmutableArray.CreateBuilder<KernelCall>();
        for (int i = 0; i < context.Graph.Operators.Length; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.OperatorIndex = i;
            Operator op = context.Graph.Operators[i];
            calls.Add(
                context.IsNothing(i)
                    ? KernelCall.Nothing(op)
                    : OperatorEmitters.For(op).Lower(op, i, context));
        }

        return calls.ToImmutable();
    }
}
