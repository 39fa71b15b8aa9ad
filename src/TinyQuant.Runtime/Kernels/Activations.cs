using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>float32 activations that are operators of their own. Output and input may be one span.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Activations
{
    /// <summary><c>min(max(x, least), greatest)</c>: RELU, RELU6 and RELU_N1_TO_1.</summary>
    /// <param name="input">Real values.</param>
    /// <param name="least">The least value.</param>
    /// <param name="greatest">The greatest value; positive infinity for none.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Clamp(ReadOnlySpan<float> input, float least, float greatest, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = Math.Min(Math.Max(input[i], least), greatest);
        }
    }

    /// <summary><c>1 / (1 + e^−x)</c>.</summary>
    /// <param name="input">Real values.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Logistic(ReadOnlySpan<float> input, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = 1 / (1 + MathF.Exp(-input[i]));
        }
    }

    /// <summary><c>tanh x</c>.</summary>
    /// <inheritdoc cref="Logistic"/>
    public static void Tanh(ReadOnlySpan<float> input, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = MathF.Tanh(input[i]);
        }
    }

    /// <summary><c>x</c> from 0 on, <c>e^x − 1</c> below.</summary>
    /// <inheritdoc cref="Logistic"/>
    public static void Elu(ReadOnlySpan<float> input, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            // In double, since e^x − 1 of a small x keeps few digits in float32.
            output[i] = input[i] < 0 ? (float)(Math.Exp(input[i]) - 1) : input[i];
        }
    }

    /// <summary>The magnitude.</summary>
    /// <inheritdoc cref="Logistic"/>
    public static void Abs(ReadOnlySpan<float> input, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = Math.Abs(input[i]);
        }
    }

    /// <summary><c>x · min(max(x + 3, 0), 6) / 6</c>.</summary>
    /// <inheritdoc cref="Logistic"/>
    public static void HardSwish(ReadOnlySpan<float> input, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = input[i] * Math.Min(Math.Max(input[i] + 3, 0), 6) / 6;
        }
    }

    /// <summary><c>x</c> from 0 on, <c>alpha · x</c> below.</summary>
    /// <param name="input">Real values.</param>
    /// <param name="alpha">The slope below 0.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LeakyRelu(ReadOnlySpan<float> input, float alpha, Span<float> output)
    {
        Lengths.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = input[i] < 0 ? input[i] * alpha : input[i];
        }
    }
}
