using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyQuant.Kernels.Elements;

/// <summary>Sigmoid and tanh of int16 codes, by a table of the sigmoid and interpolation between its entries.</summary>
/// <remarks>
/// <c>Logistic</c> and <c>Tanh</c> for int16 in <c>tensorflow/lite/kernels/internal/reference/integer_ops</c>, and
/// <c>sigmoid_table_uint16</c> in <c>tensorflow/lite/kernels/internal/common.h</c>: <c>65536 · sigmoid(i / 24)</c>,
/// raised by half of what the line to the next entry falls short in its middle, to the nearest; 65,535 at the end. It
/// stands here because an exponential may differ in its last bit between machines.
/// </remarks>
internal static class SigmoidTable
{
    private const int LastEntry = 255;

    private static ReadOnlySpan<ushort> Entries =>
    [
        32768, 33451, 34133, 34813, 35493, 36169, 36843, 37513, 38180, 38841, 39498, 40149, 40794, 41432, 42064, 42688,
        43304, 43912, 44511, 45102, 45683, 46255, 46817, 47369, 47911, 48443, 48964, 49475, 49975, 50464, 50942, 51409,
        51865, 52311, 52745, 53169, 53581, 53983, 54374, 54755, 55125, 55485, 55834, 56174, 56503, 56823, 57133, 57433,
        57724, 58007, 58280, 58544, 58800, 59048, 59288, 59519, 59743, 59959, 60168, 60370, 60565, 60753, 60935, 61110,
        61279, 61441, 61599, 61750, 61896, 62036, 62172, 62302, 62428, 62549, 62666, 62778, 62886, 62990, 63090, 63186,
        63279, 63368, 63454, 63536, 63615, 63691, 63765, 63835, 63903, 63968, 64030, 64090, 64148, 64204, 64257, 64308,
        64357, 64405, 64450, 64494, 64536, 64576, 64614, 64652, 64687, 64721, 64754, 64786, 64816, 64845, 64873, 64900,
        64926, 64950, 64974, 64997, 65019, 65039, 65060, 65079, 65097, 65115, 65132, 65149, 65164, 65179, 65194, 65208,
        65221, 65234, 65246, 65258, 65269, 65280, 65291, 65301, 65310, 65319, 65328, 65337, 65345, 65352, 65360, 65367,
        65374, 65381, 65387, 65393, 65399, 65404, 65410, 65415, 65420, 65425, 65429, 65433, 65438, 65442, 65445, 65449,
        65453, 65456, 65459, 65462, 65465, 65468, 65471, 65474, 65476, 65479, 65481, 65483, 65485, 65488, 65489, 65491,
        65493, 65495, 65497, 65498, 65500, 65501, 65503, 65504, 65505, 65507, 65508, 65509, 65510, 65511, 65512, 65513,
        65514, 65515, 65516, 65517, 65517, 65518, 65519, 65520, 65520, 65521, 65522, 65522, 65523, 65523, 65524, 65524,
        65525, 65525, 65526, 65526, 65526, 65527, 65527, 65528, 65528, 65528, 65529, 65529, 65529, 65529, 65530, 65530,
        65530, 65530, 65531, 65531, 65531, 65531, 65531, 65532, 65532, 65532, 65532, 65532, 65532, 65533, 65533, 65533,
        65533, 65533, 65533, 65533, 65533, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65535,
        65535, // behind the last one, which a line begins at that nobody takes
    ];

    /// <summary>The entry for <c>sigmoid(index / 24)</c>, as a fraction of 65,536.</summary>
    internal static int Entry(int index) => Entries[index];

    /// <summary>sigmoid(x / 4096) · 32768.</summary>
    public static short Sigmoid(short x) => SigmoidOf(x * 3);

    /// <summary>sigmoid(scaled / 12288) · 32768.</summary>
    /// <param name="scaled">Any, in steps of 1/512 of the table's.</param>
    public static short SigmoidOf(int scaled)
    {
        // No branch on the code, which would be guessed wrong half of the time.
        int sign = scaled >> 31;
        uint magnitude = (uint)((scaled ^ sign) - sign);
        int index = (int)Math.Min(magnitude >> 9, LastEntry);
        int line = Interpolate(index, (int)(magnitude & 0x1FF), fractionBits: 9);
        int result = index == LastEntry ? 0x7FFF << 10 : line;
        return (short)((((result ^ sign) - sign) + (sign & ((1 << 25) - 1)) + (1 << 9)) >> 10);
    }

    /// <summary>tanh(x · 2^scalePower) · 32768.</summary>
    /// <param name="x">The code.</param>
    /// <param name="scalePower">In [-30, 0]: the scale of the code is 2 to its power.</param>
    public static short Tanh(short x, int scalePower)
    {
        int shift = scalePower + 12; // to x / 4096, which is three quarters of the table's step
        return TanhOf(shift >= 0 ? x * (3 << shift) : ((x * 3) + (1 << (-shift - 1))) >> -shift);
    }

    /// <summary>tanh(scaled / 12288) · 32768, which is 2 · sigmoid of twice that, less 1.</summary>
    /// <param name="scaled">Any, in steps of 1/256 of the table's.</param>
    public static short TanhOf(int scaled)
    {
        int sign = scaled >> 31;
        uint magnitude = (uint)((scaled ^ sign) - sign);
        int index = (int)Math.Min(magnitude >> 8, LastEntry);
        int line = Interpolate(index, (int)(magnitude & 0xFF), fractionBits: 8);
        int result = (index == LastEntry ? 0xFFFF << 8 : line) - (1 << 23);
        return (short)((((result ^ sign) - sign) + sign + (1 << 7)) >> 8);
    }

    private static int Interpolate(int index, int fraction, int fractionBits) =>
        (At(index) << fractionBits) + (fraction * (At(index + 1) - At(index)));

    /// <summary>An index is at most <see cref="LastEntry"/>, or one more: the last entry stands there twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int At(int index) => Unsafe.Add(ref MemoryMarshal.GetReference(Entries), index);
}
