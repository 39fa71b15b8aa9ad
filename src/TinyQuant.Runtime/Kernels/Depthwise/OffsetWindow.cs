using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// The taps of one window that lie inside of the image, where weights have a zero point: <c>w − zp_w</c> takes nine
/// bits, and a product more than sixteen.
/// </summary>
internal readonly struct OffsetWindow
{
    private readonly int _channels;
    private readonly int _multiplier;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _input;
    private readonly int _inputRow;
    private readonly int _inputColumn;
    private readonly int _weights;
    private readonly int _weightsRow;
    private readonly short _inputZeroPoint;
    private readonly short _weightsZeroPoint;

    /// <param name="g">Sizes of input, output and window.</param>
    /// <param name="position">Where the window stands.</param>
    /// <param name="inputZeroPoint">In [-128, 127].</param>
    /// <param name="weightsZeroPoint">In [-128, 127].</param>
    public OffsetWindow(in WindowGeometry g, in ImagePositions position, int inputZeroPoint, int weightsZeroPoint)
    {
        (int top, _rows) = Inside(g.FirstRow(position.Row), g.DilationHeight, g.FilterHeight, g.InputHeight);
        (int left, _columns) = Inside(g.FirstColumn(position.Column), g.DilationWidth, g.FilterWidth, g.InputWidth);
        _channels = g.OutputChannels;
        _multiplier = g.OutputChannels / g.InputChannels;
        _inputRow = g.DilationHeight * g.InputRow;
        _inputColumn = g.DilationWidth * g.InputChannels;
        _weightsRow = g.FilterWidth * g.OutputChannels;
        _input = position.Image + ((g.FirstRow(position.Row) + (top * g.DilationHeight)) * g.InputRow)
            + ((g.FirstColumn(position.Column) + (left * g.DilationWidth)) * g.InputChannels);
        _weights = (top * _weightsRow) + (left * g.OutputChannels);
        _inputZeroPoint = (short)inputZeroPoint;
        _weightsZeroPoint = (short)weightsZeroPoint;
    }

    /// <summary>Adds <c>(w − zp_w) · (x − zp_x)</c> to the sums of outputs from <paramref name="first"/> on.</summary>
    public void Add(ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, int first, Span<int> sums)
    {
        if (_rows == 0 || _columns == 0)
        {
            return;
        }

        // All taps lie between the first and the last one, which are checked.
        int lastInput = _input + ((_rows - 1) * _inputRow) + ((_columns - 1) * _inputColumn);
        int lastWeights = _weights + ((_rows - 1) * _weightsRow) + ((_columns - 1) * _channels);
        int inputs = _channels / _multiplier;
        SpanChecks.AtLeast(Math.Min(_input, _weights), 0, nameof(input), "window");
        SpanChecks.AtLeast(input.Length, lastInput + inputs, nameof(input), "window");
        SpanChecks.AtLeast(weights.Length, lastWeights + _channels, nameof(weights), "window");
        SpanChecks.AtLeast(_channels, first + sums.Length, nameof(weights), nameof(sums));
        ref sbyte x = ref Unsafe.Add(ref MemoryMarshal.GetReference(input), _input);
        ref sbyte w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), _weights + first);
        ref int target = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (_multiplier == 1)
        {
            x = ref Unsafe.Add(ref x, first);
            if (Avx2.IsSupported)
            {
                for (; i <= sums.Length - 16; i += 16)
                {
                    Sixteen(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref w, i), ref Unsafe.Add(ref target, i));
                }
            }

            if (Vector128.IsHardwareAccelerated)
            {
                for (; i <= sums.Length - 8; i += 8)
                {
                    Eight(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref w, i), ref Unsafe.Add(ref target, i));
                }
            }

            for (; i < sums.Length; i++)
            {
                sums[i] += One(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref w, i));
            }

            return;
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += One(ref Unsafe.Add(ref x, (first + i) / _multiplier), ref Unsafe.Add(ref w, i));
        }
    }

    // Two taps of a row at a time: vpmaddwd multiplies and adds them, for four channels of each half.
    private void Sixteen(ref sbyte x, ref sbyte w, ref int sums)
    {
        Vector256<short> inputZero = Vector256.Create(_inputZeroPoint);
        Vector256<short> weightsZero = Vector256.Create(_weightsZeroPoint);
        Vector256<int> first = Vector256.LoadUnsafe(ref sums), last = Vector256.LoadUnsafe(ref sums, 8);
        Vector256<int> low = Avx2.Permute2x128(first, last, 0x20), high = Avx2.Permute2x128(first, last, 0x31);
        for (int row = 0; row < _rows; row++)
        {
            ref sbyte codes = ref Unsafe.Add(ref x, row * _inputRow);
            ref sbyte factors = ref Unsafe.Add(ref w, row * _weightsRow);
            for (int column = 0; column < _columns; column += 2)
            {
                Vector256<short> x0 = Widen256(ref codes) - inputZero, w0 = Widen256(ref factors) - weightsZero;
                Vector256<short> x1 = Vector256<short>.Zero, w1 = x1;
                if (column + 1 < _columns)
                {
                    x1 = Widen256(ref Unsafe.Add(ref codes, _inputColumn)) - inputZero;
                    w1 = Widen256(ref Unsafe.Add(ref factors, _channels)) - weightsZero;
                }

                low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(x0, x1), Avx2.UnpackLow(w0, w1));
                high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(x0, x1), Avx2.UnpackHigh(w0, w1));
                codes = ref Unsafe.Add(ref codes, 2 * _inputColumn);
                factors = ref Unsafe.Add(ref factors, 2 * _channels);
            }
        }

        Avx2.Permute2x128(low, high, 0x20).StoreUnsafe(ref sums);
        Avx2.Permute2x128(low, high, 0x31).StoreUnsafe(ref sums, 8);
    }

    private void Eight(ref sbyte x, ref sbyte w, ref int sums)
    {
        Vector128<short> inputZero = Vector128.Create(_inputZeroPoint);
        Vector128<short> weightsZero = Vector128.Create(_weightsZeroPoint);
        Vector128<int> low = Vector128.LoadUnsafe(ref sums), high = Vector128.LoadUnsafe(ref sums, 4);
        for (int row = 0; row < _rows; row++)
        {
            ref sbyte codes = ref Unsafe.Add(ref x, row * _inputRow);
            ref sbyte factors = ref Unsafe.Add(ref w, row * _weightsRow);
            for (int column = 0; column < _columns; column++)
            {
                (Vector128<int> x0, Vector128<int> x1) = Vector128.Widen(Widen128(ref codes) - inputZero);
                (Vector128<int> w0, Vector128<int> w1) = Vector128.Widen(Widen128(ref factors) - weightsZero);
                low += x0 * w0;
                high += x1 * w1;
                codes = ref Unsafe.Add(ref codes, _inputColumn);
                factors = ref Unsafe.Add(ref factors, _channels);
            }
        }

        low.StoreUnsafe(ref sums);
        high.StoreUnsafe(ref sums, 4);
    }

    private int One(ref sbyte x, ref sbyte w)
    {
        int sum = 0;
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                sum += (Unsafe.Add(ref x, (row * _inputRow) + (column * _inputColumn)) - _inputZeroPoint)
                    * (Unsafe.Add(ref w, (row * _weightsRow) + (column * _channels)) - _weightsZeroPoint);
            }
        }

        return sum;
    }

    /// <summary>The first tap of a dimension that is inside, and how many are.</summary>
    private static (int First, int Count) Inside(int start, int dilation, int filter, int size)
    {
        int first = start < 0 ? (-start + dilation - 1) / dilation : 0;
        int end = start < size ? ((size - start - 1) / dilation) + 1 : 0;
        return (first, Math.Max(Math.Min(end, filter) - first, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen256(ref sbyte source) =>
        Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Widen128(ref sbyte source) =>
        Vector128.WidenLower(Vector64.LoadUnsafe(ref source).ToVector128Unsafe());
}
