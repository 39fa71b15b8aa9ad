using System.Collections.Immutable;
using TinyQuant.Import.Source;

namespace TinyQuant.Import.Mapping;

/// <summary>Every tensor is written once, and before it is read: what a cycle, or a wrong order, breaks.</summary>
internal static class OrderChecks
{
    public static void Check(
        SourceModel model, ImmutableArray<OperatorOutcome> operators, Func<int, bool> isFolded, ErrorCollection errors)
    {
        var ready = new HashSet<int>(model.Inputs);
        bool IsFixed(int tensor) =>
            model.Tensors[tensor].IsConstant || model.Tensors[tensor].IsVariable || isFolded(tensor);
        foreach (OperatorOutcome outcome in operators)
        {
            foreach (int input in outcome.Needs.Distinct().Where(i => !IsFixed(i) && !ready.Contains(i)))
            {
                errors.Add("it is read before anything has written it", outcome.Operator, model.Tensors[input]);
            }

            foreach (int output in outcome.Operator.Outputs.Where(
                o => !outcome.Operator.WritesVariables && (IsFixed(o) || !ready.Add(o))))
            {
                errors.Add("it is written, and is a constant, variable, an input or already written", outcome.Operator,
                    model.Tensors[output]);
            }
        }
    }
}
