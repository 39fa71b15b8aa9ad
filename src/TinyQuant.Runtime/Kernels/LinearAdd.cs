using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

/// <summary>The constants of an int8 sum or difference that is one linear form of its operands' codes.</summary>
/// <param name="left">The factor of the left codes, in [-2^23 + 256, 2^23 - 256].</param>
/// <param name="right">The factor of the right codes, in the same range; negative for a difference.</param>
/// <param name="offset">What is added; no sum may leave int32.</param>
/// <param name="shift">The bits after the point, in [0, 30].</param>
/// <param name="min">The activation's least code, -128 or more.</param>
/// <param name="max">The activation's greatest code, 127 or less.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LinearConstants(int left, int right, int offset, int shift, int min, int max)
{
    internal int Left { get; } = left;
    internal int Right { get; } = right;
    internal int Offset { get; } = offset;
    internal int Shift { get; } = shift;
    internal int Min { get; } = min;
    internal int Max { get; } = max;
}

/// <summary>
/// TensorFlow Lite's int8 ADD and SUB where the compiler has found factors that meet the reference's answer to every
/// pair of codes: <c>clamp((left · a + right · b + offset) &gt;&gt; shift)</c>. <see cref="Add"/> is the form for all
/// others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinearAdd
{
    /// <summary>int8 sums or differences.</summary>
    /// <param name="left">int8 codes.</param>
    /// <param name="right">int8 codes.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="constants">Factors and the clamp.</param>
    /// <param name="output">int8 codes; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int8(
        ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in BroadcastGeometry geometry,
        in LinearConstants constants,
        Span<sbyte> output) =>
        Broadcast.Run<sbyte, LinearConstants, Kernel>(left, right, geometry, constants, output);

    private readonly struct Kernel : IBinaryKernel<sbyte, LinearConstants>
    {
        public static void Run(
            ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, in LinearConstants c, Span<sbyte> output)
        {
            (int ofLeft, int ofRight, int offset) = (c.Left, c.Right, c.Offset);

            // A single code is a part of the offset; whatever stands in its place counts nothing.
            if (left.Length < output.Length)
            {
                offset += ofLeft * left[0];
                left = right.Length < output.Length ? output : right;
                ofLeft = 0;
            }

            if (right.Length < output.Length)
            {
                offset += ofRight * right[0];
                right = left;
                ofRight = 0;
            }

            ref sbyte a = ref MemoryMarshal.GetReference(left);
            ref sbyte b = ref MemoryMarshal.GetReference(right);
            ref sbyte target = ref MemoryMarshal.GetReference(output);
            nint i = 0;
            if (Avx2.IsSupported)
            {
                LinearAvx2 form = new(ofLeft, ofRight, offset, c.Shift);
                Vector256<sbyte> min = Vector256.Create((sbyte)c.Min);
                Vector256<sbyte> max = Vector256.Create((sbyte)c.Max);
                for (; i <= output.Length - 32; i += 32)
                {
                    Vector256<sbyte> codes = form.ThirtyTwo(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i));
                    Vector256.Min(Vector256.Max(codes, min), max).StoreUnsafe(ref target, (nuint)i);
                }
            }

            if (Sse41.IsSupported)
            {
                LinearSse41 form = new(ofLeft, ofRight, offset, c.Shift);
                Vector128<sbyte> min = Vector128.Create((sbyte)c.Min);
                Vector128<sbyte> max = Vector128.Create((sbyte)c.Max);
                for (; i <= output.Length - 8; i += 8)
                {
                    Vector128<sbyte> codes = form.Eight(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i));
                    ByteVectors.StoreEight(
                        Vector128.Min(Vector128.Max(codes, min), max), ref Unsafe.Add(ref target, i));
                }
            }
            else if (AdvSimd.Arm64.IsSupported)
            {
                LinearAdvSimd form = new(ofLeft, ofRight, offset, c.Shift);
                Vector128<sbyte> min = Vector128.Create((sbyte)c.Min);
                Vector128<sbyte> max = Vector128.Create((sbyte)c.Max);
                for (; i <= output.Length - 8; i += 8)
                {
                    Vector128<sbyte> codes = form.Eight(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i));
                    ByteVectors.StoreEight(
                        Vector128.Min(Vector128.Max(codes, min), max), ref Unsafe.Add(ref target, i));
                }
            }

            for (; i < output.Length; i++)
            {
                int sum = (ofLeft * Unsafe.Add(ref a, i)) + (ofRight * Unsafe.Add(ref b, i)) + offset;
                Unsafe.Add(ref target, i) = (sbyte)Math.Min(Math.Max(sum >> c.Shift, c.Min), c.Max);
            }
        }
    }
}
