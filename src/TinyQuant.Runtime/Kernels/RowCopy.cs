using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies the rows of a tensor from or to a part of the rows of a wider one: TensorFlow Lite's CONCATENATION, PACK,
/// SPLIT, SPLIT_V and UNPACK, a tensor at a time. Rows are what lies in the dimensions from the axis on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowCopy
{
    /// <summary>Copies all elements, in order: a RESHAPE whose tensors cannot be one memory.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="output">As many.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void All<T>(ReadOnlySpan<T> input, Span<T> output)
        where T : unmanaged
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        input.CopyTo(output);
    }

    /// <summary>Copies each row of the input to a part of a row of the output.</summary>
    /// <param name="input">[rows, any].</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="begin">Where the part begins in a row.</param>
    /// <param name="output">[rows, at least as many from <paramref name="begin"/> on]; apart from the input, but
    /// for one row, which may lie in it.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Join<T>(ReadOnlySpan<T> input, int rows, int begin, Span<T> output)
        where T : unmanaged
    {
        (int part, int whole) = Check(input.Length, output.Length, rows, begin);
        ref T source = ref MemoryMarshal.GetReference(input);
        ref T target = ref MemoryMarshal.GetReference(output);
        if (part == 1 && whole == 2)
        {
            Seconds.Put(ref source, ref target, isOdd: begin == 1, rows);
        }
        else
        {
            Pieces.Copy(ref source, 0, part, ref target, begin, whole, rows, part);
        }
    }

    /// <summary>Copies a part of each row of the input to a row of the output.</summary>
    /// <param name="input">[rows, at least as many from <paramref name="begin"/> on].</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="begin">Where the part begins in a row.</param>
    /// <param name="output">[rows, any]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Split<T>(ReadOnlySpan<T> input, int rows, int begin, Span<T> output)
        where T : unmanaged
    {
        (int part, int whole) = Check(output.Length, input.Length, rows, begin);
        ref T source = ref MemoryMarshal.GetReference(input);
        ref T target = ref MemoryMarshal.GetReference(output);
        if (part == 1 && whole == 2)
        {
            Seconds.Take(ref Unsafe.Add(ref source, begin), input.Length - begin, ref target, rows);
        }
        else
        {
            Pieces.Copy(ref source, begin, whole, ref target, 0, part, rows, part);
        }
    }

    private static (int Part, int Whole) Check(int narrow, int wide, int rows, int begin)
    {
        if (rows < 1 || narrow < rows || narrow % rows != 0 || wide % rows != 0)
        {
            SpanChecks.Throw(narrow, rows, "tensor", "rows");
        }

        int part = narrow / rows;
        int whole = wide / rows;
        if (begin < 0 || begin > whole - part)
        {
            SpanChecks.Throw(wide, (long)rows * ((long)begin + part), "wider tensor", "rows");
        }

        return (part, whole);
    }
}
