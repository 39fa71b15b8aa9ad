using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

/// <summary>Whole files by handle: a FileStream, or Console's input stream, would make the binary larger.</summary>
internal static class Files
{
    public static byte[] Read(string path, int maxBytes)
    {
        try
        {
            using SafeFileHandle? file = path == "-" ? null : File.OpenHandle(path);
            byte[] buffer = new byte[Math.Min(maxBytes, 1 << 16) + 1];
            int length = 0;
            for (int read = 1; read > 0; length += read)
            {
                if (length > maxBytes)
                {
                    throw new InvalidInputException(
                        $"'{path}' is larger than the {maxBytes} bytes that are expected at most.");
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(maxBytes + 1, buffer.Length * 4));
                }

                read = file is null
                    ? (int)ReadDescriptor(StandardInput, ref buffer[length], buffer.Length - length)
                    : RandomAccess.Read(file, buffer.AsSpan(length), length);
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new InvalidInputException($"'{path}' cannot be read; expected a file that this user may read.");
        }
    }

    private const int StandardInput = 0;

    /// <summary>read(2), linked directly; see DirectPInvoke in the project.</summary>
    [DllImport("libc", EntryPoint = "read")]
    private static extern nint ReadDescriptor(int descriptor, ref byte buffer, nint count);

    public static void Write(string path, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{path}' cannot be written.");
        }
    }
}
