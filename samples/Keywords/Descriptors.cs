using System.Runtime.InteropServices;

namespace Keywords;

/// <summary>Standard input and output as descriptors: no stream, no buffer behind, nothing on the heap.</summary>
internal static class Descriptors
{
    /// <summary>Waits for bytes of standard input.</summary>
    /// <returns>How many came; 0 or less at the end.</returns>
    public static int Read(Span<byte> buffer) =>
        (int)Read(0, ref MemoryMarshal.GetReference(buffer), buffer.Length);

    /// <summary>Writes to standard output, all in one piece, so that Ctrl-C cuts no line.</summary>
    /// <returns>Whether it was taken.</returns>
    public static bool Write(ReadOnlySpan<byte> bytes) =>
        Write(1, ref MemoryMarshal.GetReference(bytes), bytes.Length) == bytes.Length;

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint Read(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int descriptor, ref byte buffer, nint count);
}
