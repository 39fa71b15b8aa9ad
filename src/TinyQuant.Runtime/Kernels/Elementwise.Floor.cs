using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Elements;

namespace TinyQuant.Kernels;

/// <content>Quotients and remainders that go with the floor, element by element.</content>
public static partial class Elementwise
{
    /// <summary>
    /// float32: the floor of the quotient, which is a double, TensorFlow Lite's FLOOR_DIV; of division by 0 an infinity
    /// or NaN, where the reference ends the run.
    /// </summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/floor_div.h</c>.</remarks>
    /// <param name="left">Real values.</param>
    /// <param name="right">Real values.</param>
    /// <param name="geometry">How they are stretched to the output's shape.</param>
    /// <param name="output">Real values; may be an operand of the same shape.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void FloorDiv(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry, Span<float> output) =>
        Broadcast.Run<float, NoConstants, FloorKernel<FloorOfQuotient>>(left, right, geometry, default, output);

    /// <summary>
    /// float32: what is left of a division with the floor, with the sign of the divisor, TensorFlow Lite's FLOOR_MOD;
    /// NaN where the divisor is 0.
    /// </summary>
    /// <remarks><c>tensorflow/lite/kernels/internal/reference/floor_mod.h</c>.</remarks>
    /// <inheritdoc cref="FloorDiv"/>
    public static void FloorMod(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, in BroadcastGeometry geometry, Span<float> output) =>
        Broadcast.Run<float, NoConstants, FloorKernel<FloorRemainder>>(left, right, geometry, default, output);

    private interface IFloorOperation
    {
        static abstract float Of(float left, float right);
    }

    private readonly struct FloorOfQuotient : IFloorOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Of(float left, float right) => (float)Math.Floor((double)left / right);
    }

    private readonly struct FloorRemainder : IFloorOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Of(float left, float right)
        {
            float remainder = left % right; // with the sign of the dividend
            return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
        }
    }

    private readonly struct FloorKernel<TOperation> : IBinaryKernel<float, NoConstants>
        where TOperation : struct, IFloorOperation
    {
        public static void Run(
            ReadOnlySpan<float> left, ReadOnlySpan<float> right, in NoConstants constants, Span<float> output)
        {
            int leftStep = left.Length == 1 ? 0 : 1;
            int rightStep = right.Length == 1 ? 0 : 1;
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = TOperation.Of(left[i * leftStep], right[i * rightStep]);
            }
        }
    }
}
