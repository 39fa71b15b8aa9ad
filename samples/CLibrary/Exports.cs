using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CLibrary;

/// <summary>
/// The functions of <c>tinyquant_mnist.h</c>. Each checks what C passes and answers a status; no exception crosses the
/// boundary. Working memory is on the stack (<see cref="OnStack"/>), so that any thread may call at any time and
/// nothing is allocated.
/// </summary>
internal static unsafe class Exports
{
    [UnmanagedCallersOnly(EntryPoint = "tinyquant_mnist_run", CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(sbyte* input, nuint inputLength, sbyte* output, nuint outputLength)
    {
        if (input is null || output is null)
        {
            return Status.Null;
        }

        if (inputLength != Mnist.InputLength || outputLength != Mnist.OutputLength)
        {
            return Status.Length;
        }

        var codes = new ReadOnlySpan<sbyte>(input, Mnist.InputLength);
        var scores = new Span<sbyte>(output, Mnist.OutputLength);
        if (codes.Overlaps(scores))
        {
            return Status.Overlap;
        }

        try
        {
            OnStack.Run(codes, scores);
            return Status.Ok;
        }
        catch (Exception)
        {
            return Status.Internal;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "tinyquant_mnist_classify", CallConvs = [typeof(CallConvCdecl)])]
    public static int Classify(sbyte* input, nuint inputLength)
    {
        if (input is null || inputLength != Mnist.InputLength)
        {
            return input is null ? Status.Null : Status.Length;
        }

        try
        {
            return OnStack.Classify(new ReadOnlySpan<sbyte>(input, Mnist.InputLength));
        }
        catch (Exception)
        {
            return Status.Internal;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "tinyquant_mnist_classify_pixels", CallConvs = [typeof(CallConvCdecl)])]
    public static int ClassifyPixels(byte* pixels, nuint pixelsLength)
    {
        if (pixels is null || pixelsLength != Mnist.InputLength)
        {
            return pixels is null ? Status.Null : Status.Length;
        }

        try
        {
            return OnStack.Classify(new ReadOnlySpan<byte>(pixels, Mnist.InputLength));
        }
        catch (Exception)
        {
            return Status.Internal;
        }
    }

    /// <summary>A literal: it lies in the library's read-only data, with a zero behind it.</summary>
    [UnmanagedCallersOnly(EntryPoint = "tinyquant_mnist_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Version() => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(LibraryVersion.Text));

    [UnmanagedCallersOnly(EntryPoint = "tinyquant_mnist_allocated_bytes", CallConvs = [typeof(CallConvCdecl)])]
    public static long AllocatedBytes() => GC.GetAllocatedBytesForCurrentThread();
}
