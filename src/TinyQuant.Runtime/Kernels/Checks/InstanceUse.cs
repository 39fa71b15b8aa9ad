using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TinyQuant.Kernels;

/// <summary>
/// Holds an instance of a model while one of its methods runs, so that a second thread gets an exception and not a
/// wrong answer. Generated code has it in debug builds of the program alone: release builds pay nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct InstanceUse
{
    private readonly ref int _isInUse;

    /// <summary>Takes the instance. Allocates nothing.</summary>
    /// <param name="isInUse">The instance's flag: 0 where nothing runs in it, 1 where something does.</param>
    /// <param name="type">The model's type, for the message.</param>
    /// <exception cref="InvalidOperationException">Something runs in the instance already.</exception>
    public InstanceUse(ref int isInUse, string type)
    {
        if (Interlocked.Exchange(ref isInUse, 1) != 0)
        {
            Throw(type);
        }

        _isInUse = ref isInUse;
    }

    /// <summary>Gives the instance back, whether the method ended well or by an exception.</summary>
    public void Dispose() => Volatile.Write(ref _isInUse, 0);

    [DoesNotReturn, StackTraceHidden]
    private static void Throw(string type) => throw new InvalidOperationException(
        $"Two calls run in one instance of '{type}' at the same time, most likely from two threads. Its working "
            + "memory is "
        + "there once, so that both would answer wrongly; a release build would do so without a word. Expected an "
        + "instance "
        + "of its own for each thread or request (with dependency injection AddScoped or AddTransient, and not "
        + "AddSingleton), "
        + $"or the static {type}.Run over memory of the caller's.");
}
