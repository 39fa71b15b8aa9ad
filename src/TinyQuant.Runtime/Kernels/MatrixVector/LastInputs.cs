using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyQuant.Kernels.MatrixVector;

/// <summary>The inputs of a narrow block that do not fill a vector: at most 31 products, one by one.</summary>
/// <remarks>The spans may end at a page that must not be touched; and one such code serves all units.</remarks>
internal static class LastInputs
{
    /// <summary>Adds the products of the inputs from <paramref name="done"/> on to some accumulators.</summary>
    /// <param name="args">Input, weights and accumulators.</param>
    /// <param name="done">A multiple of four.</param>
    /// <param name="output">The block's first output.</param>
    /// <param name="width">The block's outputs.</param>
    /// <param name="isUnsigned">Whether the unit multiplies codes plus 128, as the bias then supposes.</param>
    /// <param name="excess">What the unit's sum over these inputs would be too large by; it is part of what was
    /// subtracted.</param>
    public static void Add(ref MatrixVectorArgs args, nint done, nint output, int width, bool isUnsigned, int excess)
    {
        ref byte input = ref MemoryMarshal.GetReference(args.Input);
        ref sbyte weights = ref args.WeightsOf(output);
        int flip = args.IsUnsigned ? 0x80 : 0;
        int offset = isUnsigned ? 128 : 0;
        for (int lane = 0; lane < width; lane++)
        {
            args.SumOf(output + lane) += excess;
        }

        for (nint i = done; i < args.Input.Length; i++)
        {
            int x = (sbyte)(Unsafe.Add(ref input, i) ^ flip) + offset;
            ref sbyte column = ref Unsafe.Add(ref weights, ((i & ~3) * width) + (i & 3));
            for (int lane = 0; lane < width; lane++)
            {
                args.SumOf(output + lane) += x * Unsafe.Add(ref column, lane * 4);
            }
        }
    }
}
