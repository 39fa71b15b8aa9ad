using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator.Inspection;

/// <summary>Shows a model as the generator lowers it: the same plan and the same constants that it bakes.</summary>
public static class ModelInspector
{
    /// <summary>Reads and lowers a model.</summary>
    /// <param name="text">The text of a .tqm file.</param>
    /// <param name="errors">Why it could not be, with positions; empty where it could.</param>
    /// <returns>The model; null where there are errors.</returns>
    public static InspectedModel? Inspect(string text, out ImmutableArray<string> errors)
    {
        ModelReadResult read = ModelReader.Read(text);
        errors = [.. read.Errors.Select(e => e.ToString())];
        if (read.Valid is null)
        {
            return null;
        }

        try
        {
            return Describe(ModelLowering.Lower(read.Valid, NameTable.ForType("Model"), CancellationToken.None)) with
            {
                Warnings = [.. NonFiniteWeights.Of(read.Valid).Select(w => w.ToString())],
            };
        }
        catch (UnsupportedModelException e)
        {
            errors = [Invariant($"({e.Line + 1},1): {e.Message}")];
            return null;
        }
    }

    private static InspectedModel Describe(LoweredModel model)
    {
        var baked = model.Constants.GroupBy(c => c.OperatorIndex)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.BakedBytes));
        ImmutableArray<long> liveBytes = model.LiveBytes(withClassify: false);
        return new InspectedModel(
            model.Graph.Name,
            model.Graph.Rounding.ToName(),
            model.Graph.Macs,
            model.WeightBytes,
            model.BakedBytes,
            model.Arena.ArenaBytes,
            model.Arena.LowerBound,
            model.Arena.StateBytes,
            model.Arena.ScratchBytes,
            model.InstanceBytes,
            [.. model.Graph.Operators.Select((op, i) => new InspectedOperator(
                i, op.Kind, [.. op.Inputs.Select(t => t.Stored.ToString())], [.. op.Outputs.Select(t => t.ToString())],
                op.Macs,
                baked.TryGetValue(i, out long bytes) ? bytes : 0, liveBytes[i], model.Calls[i].IsNothing))],
            [.. model.Buffers.Select(b => new InspectedBuffer(
                b.Identifier, b.Name, b.Region.Kind.ToString().ToLowerInvariant(), b.Offset, b.Bytes, b.FirstUse,
                b.LastUse))]);
    }
}
