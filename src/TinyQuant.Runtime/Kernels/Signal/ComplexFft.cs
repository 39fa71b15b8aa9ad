using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Signal;

/// <summary>
/// The complex transform, decimated in time: of each radix in turn, the numbers that far apart are transformed by
/// themselves, and then put together.
/// </summary>
/// <remarks>kissfft 1.3.0 in the arithmetic of its fixed-point numbers.</remarks>
/// <param name="radices">2, 3, 4 or 5, the outermost stage first; their product is the number of
/// <paramref name="twiddles"/>.</param>
/// <param name="twiddles">exp(∓2πi · k / n) for each k below n.</param>
/// <param name="isInverse">Whether the twiddles have the sign + of the inverse transform.</param>
/// <typeparam name="T">short, int or float.</typeparam>
/// <typeparam name="TNumbers">Its arithmetic.</typeparam>
internal readonly ref struct ComplexFft<T, TNumbers>(
    ReadOnlySpan<int> radices, ReadOnlySpan<ComplexNumber<T>> twiddles, bool isInverse)
    where T : unmanaged
    where TNumbers : struct, IFftNumbers<T>
{
    private readonly ReadOnlySpan<int> _radices = radices;
    private readonly ReadOnlySpan<ComplexNumber<T>> _twiddles = twiddles;

    /// <summary>The radices are some that there are stages for, and their product is the numbers' count.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Check()
    {
        SpanChecks.AtLeast(_radices.Length, 1, "radices", "stages");
        long product = 1;
        foreach (int radix in _radices)
        {
            SpanChecks.AtLeast(radix, 2, "radix", "stages");
            SpanChecks.AtLeast(5, radix, "stages", "radix");
            product = Math.Min(product * radix, SpanChecks.TooMany);
        }

        SpanChecks.Equal(_twiddles.Length, product, "twiddles", "radices");
    }

    /// <summary>Transforms pairs of numbers; what is missing at their end is zeros.</summary>
    /// <param name="input">Real and imaginary parts in turn, at most n of both.</param>
    /// <param name="output">[n], and another memory.</param>
    public void Run(ReadOnlySpan<T> input, Span<ComplexNumber<T>> output) => Run(input, 0, 1, 0, output);

    /// <summary>Transforms the numbers that are <paramref name="stride"/> apart, from the stage on.</summary>
    private void Run(ReadOnlySpan<T> input, int first, int stride, int stage, Span<ComplexNumber<T>> output)
    {
        int radix = _radices[stage];
        int count = output.Length / radix;
        for (int i = 0; i < radix; i++)
        {
            int from = first + (i * stride);
            if (count == 1)
            {
                output[i] = new(At(input, 2 * from), At(input, (2 * from) + 1));
            }
            else
            {
                Run(input, from, stride * radix, stage + 1, output.Slice(i * count, count));
            }
        }

        Combine(radix, output, count, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At(ReadOnlySpan<T> input, int index) => index < input.Length ? input[index] : default;

    /// <summary>Puts the numbers of the parts together, one of each at a time.</summary>
    /// <param name="radix">How many parts there are.</param>
    /// <param name="numbers">The parts, one behind the other.</param>
    /// <param name="apart">The numbers of a part.</param>
    /// <param name="stride">The twiddles from one number of the second part to the next; of the others, multiples.
    /// </param>
    private void Combine(int radix, Span<ComplexNumber<T>> numbers, int apart, int stride)
    {
        for (int k = 0; k < apart; k++)
        {
            Span<ComplexNumber<T>> from = numbers[k..];
            switch (radix)
            {
                case 2:
                    CombineTwo(from, apart, k * stride);
                    break;
                case 3:
                    CombineThree(from, apart, k * stride);
                    break;
                case 4:
                    CombineFour(from, apart, k * stride);
                    break;
                default:
                    CombineFive(from, apart, k * stride);
                    break;
            }
        }
    }

    private void CombineTwo(Span<ComplexNumber<T>> numbers, int apart, int turn)
    {
        ComplexNumber<T> a = Divide(numbers[0], 2);
        ComplexNumber<T> b = Turned(numbers[apart], turn, 2);
        numbers[0] = Add(a, b);
        numbers[apart] = Subtract(a, b);
    }

    private void CombineThree(Span<ComplexNumber<T>> numbers, int apart, int turn)
    {
        ComplexNumber<T> a = Divide(numbers[0], 3);
        ComplexNumber<T> b = Turned(numbers[apart], turn, 3);
        ComplexNumber<T> c = Turned(numbers[2 * apart], 2 * turn, 3);
        ComplexNumber<T> sum = Add(b, c);
        ComplexNumber<T> half = Subtract(a, ComplexArithmetic<T, TNumbers>.Half(sum));
        ComplexNumber<T> side = ComplexArithmetic<T, TNumbers>.Multiply(
            Subtract(b, c), _twiddles[_twiddles.Length / 3].Imaginary);
        numbers[0] = Add(a, sum);
        numbers[apart] = ComplexArithmetic<T, TNumbers>.AddTurned(half, side);
        numbers[2 * apart] = ComplexArithmetic<T, TNumbers>.SubtractTurned(half, side);
    }

    private void CombineFour(Span<ComplexNumber<T>> numbers, int apart, int turn)
    {
        ComplexNumber<T> a = Divide(numbers[0], 4);
        ComplexNumber<T> b = Turned(numbers[apart], turn, 4);
        ComplexNumber<T> c = Turned(numbers[2 * apart], 2 * turn, 4);
        ComplexNumber<T> d = Turned(numbers[3 * apart], 3 * turn, 4);
        (ComplexNumber<T> even, ComplexNumber<T> evenLess) = (Add(a, c), Subtract(a, c));
        (ComplexNumber<T> odd, ComplexNumber<T> oddLess) = (Add(b, d), Subtract(b, d));
        numbers[0] = Add(even, odd);
        numbers[2 * apart] = Subtract(even, odd);
        ComplexNumber<T> turned = ComplexArithmetic<T, TNumbers>.SubtractTurned(evenLess, oddLess);
        ComplexNumber<T> back = ComplexArithmetic<T, TNumbers>.AddTurned(evenLess, oddLess);
        numbers[apart] = isInverse ? back : turned;
        numbers[3 * apart] = isInverse ? turned : back;
    }

    private void CombineFive(Span<ComplexNumber<T>> numbers, int apart, int turn)
    {
        ComplexNumber<T> first = Divide(numbers[0], 5);
        ComplexNumber<T> a = Turned(numbers[apart], turn, 5);
        ComplexNumber<T> b = Turned(numbers[2 * apart], 2 * turn, 5);
        ComplexNumber<T> c = Turned(numbers[3 * apart], 3 * turn, 5);
        ComplexNumber<T> d = Turned(numbers[4 * apart], 4 * turn, 5);
        ComplexNumber<T> near = _twiddles[_twiddles.Length / 5], far = _twiddles[2 * (_twiddles.Length / 5)];
        (ComplexNumber<T> outer, ComplexNumber<T> outerLess) = (Add(a, d), Subtract(a, d));
        (ComplexNumber<T> inner, ComplexNumber<T> innerLess) = (Add(b, c), Subtract(b, c));
        numbers[0] = Add(first, Add(outer, inner));

        ComplexNumber<T> middle = Add(Add(first, Scale(outer, near.Real)), Scale(inner, far.Real));
        ComplexNumber<T> side = Add(Scale(outerLess, near.Imaginary), Scale(innerLess, far.Imaginary));
        numbers[apart] = ComplexArithmetic<T, TNumbers>.AddTurned(middle, side);
        numbers[4 * apart] = ComplexArithmetic<T, TNumbers>.SubtractTurned(middle, side);

        middle = Add(Add(first, Scale(outer, far.Real)), Scale(inner, near.Real));
        side = Subtract(Scale(outerLess, far.Imaginary), Scale(innerLess, near.Imaginary));
        numbers[2 * apart] = ComplexArithmetic<T, TNumbers>.AddTurned(middle, side);
        numbers[3 * apart] = ComplexArithmetic<T, TNumbers>.SubtractTurned(middle, side);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ComplexNumber<T> Turned(ComplexNumber<T> number, int twiddle, int radix) =>
        ComplexArithmetic<T, TNumbers>.Multiply(Divide(number, radix), _twiddles[twiddle]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexNumber<T> Divide(ComplexNumber<T> a, int radix) =>
        ComplexArithmetic<T, TNumbers>.Divide(a, radix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexNumber<T> Scale(ComplexNumber<T> a, T factor) =>
        ComplexArithmetic<T, TNumbers>.Multiply(a, factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexNumber<T> Add(ComplexNumber<T> a, ComplexNumber<T> b) =>
        ComplexArithmetic<T, TNumbers>.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexNumber<T> Subtract(ComplexNumber<T> a, ComplexNumber<T> b) =>
        ComplexArithmetic<T, TNumbers>.Subtract(a, b);
}
