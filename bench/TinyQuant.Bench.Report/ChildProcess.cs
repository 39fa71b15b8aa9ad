using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyQuant.Bench.Report;

/// <summary>
/// A program from its start to its end, by <c>posix_spawn</c> and <c>waitpid</c>: <see cref="Process"/> adds
/// milliseconds of its own.
/// </summary>
internal static unsafe partial class ChildProcess
{
    private const int WriteOnly = 1;
    private const int StandardOutput = 1;

    /// <summary>More than any C library's <c>posix_spawn_file_actions_t</c> has.</summary>
    private const int ActionsBytes = 512;

    /// <summary>How long it took; its output goes nowhere.</summary>
    /// <exception cref="InvalidOperationException">It did not start, or did not end with 0.</exception>
    public static TimeSpan Run(string[] command)
    {
        byte** arguments = Strings(command);
        byte** environment = Strings([
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")]);
        byte* actions = stackalloc byte[ActionsBytes];
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawn_file_actions_addopen(actions, StandardOutput, "/dev/null", WriteOnly, 0);
        try
        {
            long start = Stopwatch.GetTimestamp();
            int error = posix_spawn(out int child, command[0], actions, null, arguments, environment);
            if (error != 0)
            {
                throw new InvalidOperationException($"'{command[0]}' does not start: error {error}");
            }

            int status = -1;
            while (waitpid(child, out status, 0) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
                // A signal came; the child is still to be waited for.
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            return status == 0
                ? elapsed
                : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with status {status}");
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            Free(arguments);
            Free(environment);
        }
    }

    private const int Interrupted = 4;

    private static byte** Strings(string[] strings)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)strings.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < strings.Length; i++)
        {
            list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        return list;
    }

    private static void Free(byte** strings)
    {
        for (int i = 0; strings[i] != null; i++)
        {
            Marshal.FreeCoTaskMem((nint)strings[i]);
        }

        NativeMemory.Free(strings);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(
        out int pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(
        byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int pid, out int status, int options);
}
