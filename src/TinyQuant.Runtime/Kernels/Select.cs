using System.ComponentModel;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>
/// One of two elements by a condition, TensorFlow Lite's SELECT_V2: a call for those where it is true, and one for the
/// others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Select
{
    /// <summary>
    /// Copies values where the condition is as wanted, and leaves alone what the output has in other places.
    /// </summary>
    /// <param name="condition">Truth values.</param>
    /// <param name="values">Elements of any type, of which codes are copied as they are.</param>
    /// <param name="geometry">How both are stretched to the output's shape.</param>
    /// <param name="wanted">Where to copy.</param>
    /// <param name="output">As <paramref name="values"/>, which it may be where they have its shape.</param>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Where<T>(
        ReadOnlySpan<bool> condition, ReadOnlySpan<T> values, in BroadcastGeometry geometry, bool wanted,
        Span<T> output)
        where T : unmanaged =>
        Broadcast.Run<bool, T, T, Wanted, Kernel<T>>(condition, values, geometry, new(wanted), output);

    private readonly struct Wanted(bool value)
    {
        public bool Value { get; } = value;
    }

    private readonly struct Kernel<T> : IBinaryKernel<bool, T, T, Wanted>
        where T : unmanaged
    {
        public static void Run(
            ReadOnlySpan<bool> condition, ReadOnlySpan<T> values, in Wanted wanted, Span<T> output)
        {
            if (condition.Length == 1 && output.Length > 1)
            {
                if (condition[0] == wanted.Value)
                {
                    Copy(values, output);
                }

                return;
            }

            bool isWanted = wanted.Value;
            int step = values.Length == 1 ? 0 : 1;
            for (int i = 0; i < output.Length; i++)
            {
                // No branch: conditions are guessed wrong half of the time.
                T value = values[i * step];
                output[i] = condition[i] == isWanted ? value : output[i];
            }
        }

        private static void Copy(ReadOnlySpan<T> values, Span<T> output)
        {
            if (values.Length == 1)
            {
                output.Fill(values[0]);
            }
            else
            {
                values.CopyTo(output);
            }
        }
    }
}
