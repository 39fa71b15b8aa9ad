using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <summary>
/// Activations that are operators of their own, and other functions of one element. Output and input may be one span.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Activations
{
    /// <summary>
    /// <c>min(max(x, least), greatest)</c>: RELU, RELU6 and RELU_N1_TO_1. NaN passes, and what no bound is beyond.
    /// </summary>
    /// <param name="input">Real values.</param>
    /// <param name="least">The least value.</param>
    /// <param name="greatest">The greatest value; positive infinity for none.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Clamp(ReadOnlySpan<float> input, float least, float greatest, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        ActivationClamp.Run(input, least, greatest, output);
    }

    /// <summary><c>1 / (1 + e^−x)</c>: as e^x below -9, so that small answers keep their digits.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/logistic.h</c>.</remarks>
    /// <param name="input">Real values.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Logistic(ReadOnlySpan<float> input, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = Sigmoid(input[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sigmoid(float x)
    {
        bool isSmall = x < -9;
        float power = MathF.Exp(isSmall ? x : -x);
        return isSmall ? power
            : x > 16.619047164916992f ? 1 // where the reference cuts off
            : 1 / (1 + power);
    }

    /// <summary><c>tanh x</c>.</summary>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Tanh(ReadOnlySpan<float> input, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = MathF.Tanh(input[i]);
        }
    }

    /// <summary><c>e^x</c>.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/exp.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Exp(ReadOnlySpan<float> input, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = MathF.Exp(input[i]);
        }
    }

    /// <summary><c>x</c> from 0 on, <c>e^x − 1</c> below.</summary>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Elu(ReadOnlySpan<float> input, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = input[i] < 0 ? Expm1(input[i]) : input[i];
        }
    }

    // In double. Near 0 the difference loses digits, all of them below 1e-16; three terms of the series are off by
    // 4e-11 at most.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Expm1(double x) =>
        (float)(x < -0.001 ? Math.Exp(x) - 1 : x * (1 + (x * ((1.0 / 2) + (x * (1.0 / 6))))));

    /// <summary>The magnitude.</summary>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Abs(ReadOnlySpan<float> input, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = Math.Abs(input[i]);
        }
    }

    /// <summary><c>x · min(max(x + 3, 0), 6) / 6</c>.</summary>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void HardSwish(ReadOnlySpan<float> input, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<float> six = Vector128.Create(6f);
            for (; i <= input.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                Vector128<float> x = Vector128.Create(input.Slice(i, Vector128<float>.Count));
                (x * ActivationClamp.Of(x + Vector128.Create(3f), Vector128<float>.Zero, six) / six)
                    .CopyTo(output[i..]);
            }
        }

        for (; i < input.Length; i++)
        {
            output[i] = input[i] * ActivationClamp.Of(input[i] + 3, 0, 6) / 6;
        }
    }

    /// <summary><c>x</c> above 0, <c>alpha · x</c> else.</summary>
    /// <param name="input">Real values.</param>
    /// <param name="alpha">The slope below 0.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LeakyRelu(ReadOnlySpan<float> input, float alpha, Span<float> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        int i = 0;
        for (; i <= input.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> x = new(input[i..]);
            Vector.ConditionalSelect(
                Vector.GreaterThan(x, Vector<float>.Zero), x, x * new Vector<float>(alpha)).CopyTo(output[i..]);
        }

        for (; i < input.Length; i++)
        {
            output[i] = input[i] > 0 ? input[i] : input[i] * alpha;
        }
    }
}
