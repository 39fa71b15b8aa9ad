#if KWS
using System.Runtime.InteropServices;

namespace TinyQuant.Bench;

[QuantizedModel("kws.int8.double.tqm")]
internal sealed partial class Kws
{
    /// <summary>The class of the first input of several.</summary>
    public static int Answer(ReadOnlySpan<byte> inputs)
    {
        Span<sbyte> scores = stackalloc sbyte[OutputLength];
        new Kws().Run(MemoryMarshal.Cast<byte, sbyte>(inputs[..InputLength]), scores);
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
#endif
