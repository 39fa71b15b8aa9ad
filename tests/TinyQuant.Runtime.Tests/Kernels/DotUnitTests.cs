using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>
/// Every unit that this processor has gives the sums of plain loops, for all shapes, up to a guard page.
/// </summary>
public class DotUnitTests
{
    [Fact]
    public void Scalar() => Check<DotScalar, DotScalar.Sums, DotScalar.Inputs>(true);

    [UnitFact(Takes.Vector128)]
    public void Vector128Portable() => Check<Dot128<ProductsVector128>, Pair128<int>, Pair128<sbyte>>(true);

    [UnitFact(Takes.Sse41)]
    public void Sse41Sign() => Check<Dot128<ProductsSse41>, Pair128<int>, Pair128<sbyte>>(false);

    [UnitFact(Takes.Avx2)]
    public void Avx2Sign() => Check<Dot256<ProductsAvx2>, Vector256<int>, Vector256<sbyte>>(false);

    [UnitFact(Takes.Avx2)]
    public void Avx2Wide() => Check<Dot256<ProductsAvx2Wide>, Vector256<int>, Vector256<sbyte>>(true);

    [UnitFact(Takes.AvxVnni)]
    public void Vnni() => Check<DotAvxVnni<VnniCodes<VnniInstruction>>, VnniSums, Vector256<byte>>(true, Inputs.Codes);

    [UnitFact(Takes.AvxVnni)]
    public void VnniOfPixels() =>
        Check<DotAvxVnni<VnniPixels<VnniInstruction>>, VnniSums, Vector256<byte>>(true, Inputs.Pixels);

    // The unit's own logic, on a processor without the instruction.
    [UnitFact(Takes.Avx2)]
    public void VnniEmulated() =>
        Check<DotAvxVnni<VnniCodes<EmulatedVnniInstruction>>, VnniSums, Vector256<byte>>(true, Inputs.Codes);

    [UnitFact(Takes.Avx2)]
    public void VnniOfPixelsEmulated() =>
        Check<DotAvxVnni<VnniPixels<EmulatedVnniInstruction>>, VnniSums, Vector256<byte>>(true, Inputs.Pixels);

    [UnitFact(Takes.AdvSimd)]
    public void AdvSimdSmull() => Check<DotAdvSimd, DotAdvSimd.Sums, Pair128<sbyte>>(false);

    [UnitFact(Takes.ArmDotProduct)]
    public void ArmDotProduct() => Check<Dot128<ProductsArmDp>, Pair128<int>, Pair128<sbyte>>(true);

    private static void Check<TUnit, TSum, TInput>(bool exactForFull, Inputs inputs = Inputs.Codes | Inputs.Pixels)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        int[] manyOutputs = [31, 32, 33, 47, 72];
        foreach (int outputs in Enumerable.Range(1, 20).Concat(manyOutputs))
        {
            for (int depth = 0; depth <= 70; depth++)
            {
                bool extreme = (depth + outputs) % 2 == 0;
                using DenseCase dense = new(depth, outputs, exactForFull, extreme, (outputs * 100) + depth);
                if (inputs.HasFlag(Inputs.Codes))
                {
                    Compare<TUnit, TSum, TInput>(dense, dense.Input.Span, isUnsigned: false, depth, outputs);
                }

                if (inputs.HasFlag(Inputs.Pixels))
                {
                    Compare<TUnit, TSum, TInput>(
                        dense, MemoryMarshal.Cast<byte, sbyte>(dense.Pixels.Span), isUnsigned: true, depth, outputs);
                }
            }
        }

        if (!inputs.HasFlag(Inputs.Codes))
        {
            return;
        }

        using DenseCase large = new(784, 10, exactForFull, true, 1);
        Compare<TUnit, TSum, TInput>(large, large.Input.Span, isUnsigned: false, 784, 10);
        using DenseCase extremes = new(2000, 37, exactForFull, true, 2);
        Compare<TUnit, TSum, TInput>(extremes, extremes.Input.Span, isUnsigned: false, 2000, 37);
    }

    /// <summary>What the unit takes.</summary>
    [Flags]
    private enum Inputs
    {
        Codes = 1,
        Pixels = 2,
    }

    private static void Compare<TUnit, TSum, TInput>(
        DenseCase dense, Span<sbyte> input, bool isUnsigned, int depth, int outputs)
        where TUnit : struct, IDotUnit<TSum, TInput>
        where TSum : struct
        where TInput : struct
    {
        dense.Sums.Span.Fill(-1);
        MatrixVectorArgs args = new()
        {
            Input = MemoryMarshal.AsBytes(input),
            IsUnsigned = isUnsigned,
            Weights = dense.Weights.Span,
            Bias = dense.Bias.Span,
            UnsignedBias = dense.UnsignedBias.Span,
            Accumulators = dense.Sums.Span,
        };
        MatrixVectorKernel.Run<TUnit, TSum, TInput>(ref args);
        Assert.True(dense.Sums.Span.SequenceEqual(dense.Expected), $"{TUnit.Name}, depth {depth}, outputs {outputs}");
    }
}
