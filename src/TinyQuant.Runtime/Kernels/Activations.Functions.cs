using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <content>Functions that TensorFlow Lite Micro has in float32 alone, and RSQRT.</content>
public static partial class Activations
{
    /// <summary>The least integer that is not below x.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/ceil.h</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Ceil(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<CeilFunction>(input, output);

    /// <summary>The cosine of an angle in radians.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Cos(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.Run<CosFunction>(input, output);

    /// <summary>The greatest integer that is not above x.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/floor.h</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Floor(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<FloorFunction>(input, output);

    /// <summary>The natural logarithm; NaN of negative values.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Log(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.Run<LogFunction>(input, output);

    /// <summary><c>−x</c>.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/neg.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Neg(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<NegFunction>(input, output);

    /// <summary>The nearest integer, halves to the even one; no negative zero but of one.</summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/round.h</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Round(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<RoundFunction>(input, output);

    /// <summary><c>1 / √x</c>; infinity of 0.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Rsqrt(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<RsqrtFunction>(input, output);

    /// <summary>The sine of an angle in radians.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Sin(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.Run<SinFunction>(input, output);

    /// <summary><c>√x</c>; NaN of negative values.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Sqrt(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<SqrtFunction>(input, output);

    /// <summary><c>x · x</c>.</summary>
    /// <remarks><c>tensorflow/lite/micro/kernels/elementwise.cc</c>.</remarks>
    /// <inheritdoc cref="Logistic(ReadOnlySpan{float}, Span{float})"/>
    public static void Square(ReadOnlySpan<float> input, Span<float> output) =>
        RealFunctions.RunVectors<SquareFunction>(input, output);

    private readonly struct CeilFunction : IVectorFunction
    {
        public static float Of(float x) => MathF.Ceiling(x);

        public static Vector128<float> Of(Vector128<float> x) => Vector128.Ceiling(x);
    }

    private readonly struct CosFunction : IRealFunction
    {
        public static float Of(float x) => MathF.Cos(x);
    }

    private readonly struct FloorFunction : IVectorFunction
    {
        public static float Of(float x) => MathF.Floor(x);

        public static Vector128<float> Of(Vector128<float> x) => Vector128.Floor(x);
    }

    private readonly struct LogFunction : IRealFunction
    {
        public static float Of(float x) => MathF.Log(x);
    }

    private readonly struct NegFunction : IVectorFunction
    {
        public static float Of(float x) => -x;

        public static Vector128<float> Of(Vector128<float> x) => -x;
    }

    // The reference adds 1 to the greatest integer below, which makes a positive zero of what is above -1.
    private readonly struct RoundFunction : IVectorFunction
    {
        public static float Of(float x) => x == 0 ? x : MathF.Round(x) + 0f;

        public static Vector128<float> Of(Vector128<float> x) => Vector128.ConditionalSelect(
            Vector128.Equals(x, Vector128<float>.Zero), x, Vector128.Round(x) + Vector128<float>.Zero);
    }

    private readonly struct RsqrtFunction : IVectorFunction
    {
        public static float Of(float x) => 1 / MathF.Sqrt(x);

        public static Vector128<float> Of(Vector128<float> x) => Vector128<float>.One / Vector128.Sqrt(x);
    }

    private readonly struct SinFunction : IRealFunction
    {
        public static float Of(float x) => MathF.Sin(x);
    }

    private readonly struct SqrtFunction : IVectorFunction
    {
        public static float Of(float x) => MathF.Sqrt(x);

        public static Vector128<float> Of(Vector128<float> x) => Vector128.Sqrt(x);
    }

    private readonly struct SquareFunction : IVectorFunction
    {
        public static float Of(float x) => x * x;

        public static Vector128<float> Of(Vector128<float> x) => x * x;
    }
}
