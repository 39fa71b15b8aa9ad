using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>BroadcastTo and ReverseV2, any type: views that repeat elements, or run backwards.</summary>
internal sealed class StretchEmitter : IOperatorEmitter
{
    public static readonly StretchEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var movement = (Movement)op;
        int[] strides = ViewWriter.Strides(movement.Input);
        int begin = 0;
        List<(int Size, int Stride)> dimensions = [];
        if (op is ReverseV2 reverse)
        {
            foreach (int axis in reverse.Axes)
            {
                begin += (movement.Input.Shape[axis] - 1) * strides[axis];
                strides[axis] = -strides[axis];
            }

            dimensions.AddRange(strides.Select((stride, d) => (movement.Input.Shape[d], stride)));
        }
        else
        {
            int more = movement.Output.Shape.Length - strides.Length;
            dimensions.AddRange(movement.Output.Shape.Select((size, d) =>
                (size, d < more || movement.Input.Shape[d - more] == 1 ? 0 : strides[d - more])));
        }

        int innermost = ViewWriter.Collapse(dimensions).Last().Stride;
        string kernel = innermost == (op is ReverseV2 ? -1 : 0) ? op.Kind + ".Run" : "StridedCopy.Gather";
        return context.Call(op, $"Kernels::{kernel}<{movement.Input.Type.ToCSharp()}>",
            context.Span(movement.Input),
            ViewWriter.Write(context, movement.Output.Name + ".view", begin, dimensions),
            context.Span(movement.Output));
    }
}
