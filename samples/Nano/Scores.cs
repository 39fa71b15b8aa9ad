/// <summary>
/// <c>nano --scores DIR FILE</c>: what every model answers to every picture, as bytes. Equal files mean equal answers
/// on two processors.
/// </summary>
internal static class Scores
{
    public static int Run(string directory, string path)
    {
        TestSet set = TestSet.Read(directory);
        const int answers = Digits.Classes + 3;
        byte[] file = new byte[set.Count * answers];
        int at = 0;
        Span<float> reals = stackalloc float[Digits.Pixels];
        Span<sbyte> codes = stackalloc sbyte[Digits.Pixels];
        Span<sbyte> scores = stackalloc sbyte[Digits.Classes];
        for (int i = 0; i < set.Count; i++)
        {
            ReadOnlySpan<byte> pixels = set.Pixels.AsSpan(i * Digits.Pixels, Digits.Pixels);
            Digits.ToReals(pixels, reals);
            Digits.ToCodes(pixels, codes);
#if INT8
            Int8Model int8 = default;
            int8.Run(codes, scores);
            foreach (sbyte score in scores)
            {
                file[at++] = (byte)score;
            }

            file[at++] = (byte)int8.Classify(pixels);
#endif
#if DYNAMIC
            DynamicModel dynamic = default;
            file[at++] = (byte)dynamic.Classify(reals);
#endif
#if FP32
            Fp32Model fp32 = default;
            file[at++] = (byte)fp32.Classify(reals);
#endif
        }

        Files.Write(path, file.AsSpan(0, at).ToArray());
        return 0;
    }
}
