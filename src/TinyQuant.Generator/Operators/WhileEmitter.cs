using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// While: a method for each graph, and one with the loop. The values lie in the operator's outputs; the body computes
/// the next ones beside them, since it may read any of them at any time.
/// </summary>
internal sealed class WhileEmitter : IOperatorEmitter
{
    public static readonly WhileEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var loop = (While)op;
        // Only the first output of the condition means something.
        var condition = LoweredSubgraph.Lower(
            loop.Condition with { Outputs = [loop.Condition.Outputs[0]] }, context);
        var body = LoweredSubgraph.Lower(loop.Body, context);
        ImmutableArray<(string Declaration, string Name)> begins = ControlParameters.Inputs(loop.Inputs);
        ImmutableArray<(string Declaration, string Name)> values = ControlParameters.Outputs(loop.Outputs);
        string[] names = [.. values.Select(v => v.Name)];
        string[] next = [.. loop.Outputs.Select((_, i) => Invariant($"next{i}"))];
        long at = LoweredSubgraph.Aligned(sizeof(bool));
        List<string> spans = [
            $"{TypeNames.Span(TensorType.Bool)} goesOn = Kernels::Arena.Span<bool>(arena, byteOffset: 0, length: 1);"];
        for (int i = 0; i < next.Length; i++)
        {
            Tensor value = loop.Outputs[i];
            spans.Add(
                $"{TypeNames.Span(value.Type)} {next[i]} = Kernels::Arena.Span<{value.Type.ToCSharp()}>(arena, "
                    + $"byteOffset: {Literals.Integer(at)}, length: {Literals.Integer(value.ElementCount)});");
            at += LoweredSubgraph.Aligned(value.ByteLength);
        }

        string rest = $"arena.Slice({Literals.Integer(at)})";
        string decide = condition.Call(names, ["goesOn"], rest);
        bool keepsState = condition.KeepsState || body.KeepsState;
        string method = context.Names.Constant("While");
        context.AddMethod(new SubgraphMethod(
            method, "Computes values anew as long as they say so.",
            [.. begins, .. values, .. ControlParameters.Memory(keepsState)], [],
            [
                .. begins.Select((b, i) => $"{b.Name}.CopyTo({names[i]});"),
                .. spans,
                decide,
                "while (goesOn[0])",
                "{",
                "    " + body.Call(names, next, rest),
                .. next.Select((n, i) => $"    {n}.CopyTo({names[i]});"),
                "    " + decide,
                "}",
                .. loop.EndsRuns ? ["return true;"] : Array.Empty<string>(),
            ])
        { EndsRuns = loop.EndsRuns });
        string memory = context.Scratch(
            $"{loop.Outputs[0].Name}.arena", TensorType.UInt8, at + Math.Max(condition.ArenaBytes, body.ArenaBytes));
        return context.Call(op, method, [
            .. loop.Inputs.Concat(loop.Outputs).Select(t => (KernelArgument)context.Span(t)),
            .. context.StateArgument(keepsState), memory]);
    }
}
