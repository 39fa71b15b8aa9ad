using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyQuant.Tests;

/// <summary>
/// Signals that .NET does not send, without a process of their own: what is to be interrupted could end before that
/// one has begun.
/// </summary>
internal static partial class Signals
{
    private const int Int = 2;
    private const int Term = 15;

    /// <summary>What Ctrl-C sends.</summary>
    /// <param name="process">It may have ended.</param>
    public static void Interrupt(Process process) => Send(process, Int);

    /// <summary>Asks a process to end.</summary>
    /// <param name="process">It may have ended.</param>
    public static void Terminate(Process process) => Send(process, Term);

    private static void Send(Process process, int signal)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
