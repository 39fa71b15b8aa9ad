using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>SpaceToDepth and DepthToSpace, any type: views of six dimensions, of which blocks have two.</summary>
internal sealed class DepthChangeEmitter : IOperatorEmitter
{
    public static readonly DepthChangeEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var change = (DepthChange)op;
        int[] strides = ViewWriter.Strides(change.Input);
        int block = change.BlockSize;
        int channels = change.Space.Shape[3];
        IReadOnlyList<int> few = change.Depth.Shape;
        (int Size, int Stride)[] view = op is DepthToSpace
            ? [(few[0], strides[0]), (few[1], strides[1]), (block, block * channels), (few[2], strides[2]),
                (block, channels), (channels, 1)]
            : [(few[0], strides[0]), (few[1], block * strides[1]), (few[2], block * strides[2]), (block, strides[1]),
                (block, strides[2]), (channels, 1)];
        return context.Call(op, $"Kernels::StridedCopy.Gather<{change.Input.Type.ToCSharp()}>",
            context.Span(change.Input), ViewWriter.Write(context, change.Output.Name + ".blocks", 0, view),
            context.Span(change.Output));
    }
}
