using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Channels less the noise in them: TFLM's SignalFilterBankSpectralSubtraction.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalFilterBankSpectralSubtraction
{
    /// <summary>Estimates noise, and takes it away.</summary>
    /// <remarks><c>signal/src/filter_bank_spectral_subtraction.cc</c> of TensorFlow Lite Micro.</remarks>
    /// <param name="input">[channels].</param>
    /// <param name="options">How noise is estimated.</param>
    /// <param name="clamping">Whether an estimate is never kept larger than the signal.</param>
    /// <param name="state">[channels]: the estimates.</param>
    /// <param name="output">[channels].</param>
    /// <param name="estimate">[channels]: a copy of the state behind the run.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<uint> input, in SpectralSubtractionOptions options, bool clamping, Span<uint> state,
        Span<uint> output, Span<uint> estimate)
    {
        SpanChecks.Equal(state.Length, input.Length, nameof(state), nameof(input));
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.Equal(estimate.Length, input.Length, nameof(estimate), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            uint scaled = input[i] << options.SmoothingBits;
            uint noise = options.Next(i, scaled, state[i]);
            uint taken = Math.Min(noise, scaled);
            state[i] = clamping ? taken : noise;
            output[i] = Math.Max((scaled - taken) >> options.SmoothingBits, options.Least(input[i]));
        }

        state.CopyTo(estimate);
    }
}
