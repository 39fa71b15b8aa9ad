using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// If: a method for each graph, and one that runs one of them. A known condition leaves the other one out.
/// </summary>
internal sealed class IfEmitter : IOperatorEmitter
{
    public static readonly IfEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var branch = (If)op;
        Tensor[] inputs = [.. branch.Inputs.Skip(1)];
        if (branch.Condition is { IsConstant: true, Data: { } data })
        {
            var only = LoweredSubgraph.Lower(data[0] != 0 ? branch.Then : branch.Else, context);
            return context.Call(op, only.Method, [
                .. inputs.Concat(branch.Outputs).Select(t => (KernelArgument)context.Span(t)),
                .. context.StateArgument(only.KeepsState), Memory(branch, only.ArenaBytes, context)]);
        }

        var then = LoweredSubgraph.Lower(branch.Then, context);
        var otherwise = LoweredSubgraph.Lower(branch.Else, context);
        string method = context.Names.Constant("If");
        ImmutableArray<(string Declaration, string Name)> reads = ControlParameters.Inputs(inputs);
        ImmutableArray<(string Declaration, string Name)> writes = ControlParameters.Outputs(branch.Outputs);
        bool keepsState = then.KeepsState || otherwise.KeepsState;
        context.AddMethod(new SubgraphMethod(
            method, "Runs one of two subgraphs.",
            [($"{TypeNames.ReadOnlySpan(TensorType.Bool)} condition", "condition"), .. reads, .. writes,
                .. ControlParameters.Memory(keepsState)],
            [],
            [
                "if (condition[0])",
                "{",
                "    " + then.Call(reads.Select(r => r.Name), writes.Select(w => w.Name), "arena"),
                "}",
                "else",
                "{",
                "    " + otherwise.Call(reads.Select(r => r.Name), writes.Select(w => w.Name), "arena"),
                "}",
                .. branch.EndsRuns ? ["return true;"] : Array.Empty<string>(),
            ])
        { EndsRuns = branch.EndsRuns });
        return context.Call(op, method, [
            .. branch.Inputs.Concat(branch.Outputs).Select(t => (KernelArgument)context.Span(t)),
            .. context.StateArgument(keepsState),
            Memory(branch, Math.Max(then.ArenaBytes, otherwise.ArenaBytes), context)]);
    }

    private static KernelArgument Memory(If branch, int bytes, LoweringContext context) => bytes == 0
        ? "default"
        : context.Scratch($"{branch.Outputs[0].Name}.arena", TensorType.UInt8, bytes);
}
