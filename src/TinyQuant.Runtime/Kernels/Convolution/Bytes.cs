using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Convolution;

/// <summary>Copies and fills of a few bytes, inline: calls would take longer than they do.</summary>
internal static unsafe class Bytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(sbyte* source, sbyte* target, nint length)
    {
        nint i = 0;
        for (; i <= length - 16; i += 16)
        {
            Vector128.Load(source + i).Store(target + i);
        }

        for (; i <= length - 4; i += 4)
        {
            *(int*)(target + i) = *(int*)(source + i);
        }

        for (; i < length; i++)
        {
            target[i] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill(sbyte* target, sbyte value, nint length)
    {
        var vector = Vector128.Create(value);
        nint i = 0;
        for (; i <= length - 16; i += 16)
        {
            Vector128.Store(vector, target + i);
        }

        for (; i < length; i++)
        {
            target[i] = value;
        }
    }
}
