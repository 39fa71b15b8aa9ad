using System.Diagnostics;
using System.Globalization;
using System.Text;

/// <summary>What the command line says, and <c>nano IMAGE</c>.</summary>
internal static class Commands
{
    public static int Help()
    {
        Console.WriteLine($"""
            nano: digits of {Digits.Side} x {Digits.Side} pixels, recognised without the heap

              nano IMAGE               the digit, the confidence and the nanoseconds of one picture:
                                       PGM (P5 or P2), or {Digits.Pixels} bytes row by row, light on dark; - reads standard input
              nano --eval DIR [--json] accuracy, bytes, time and allocation of each model on the test set in DIR
                                       (t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, unpacked)
              nano --scores DIR FILE   the int8 scores of every picture, and the answer of each model, as bytes:
                                       equal files mean equal answers on two processors
              nano --self-test         golden answers, and 0 bytes allocated in 100,000 inferences of each model
              nano --help              this text

            Exit code: 0 done, 1 the self-test failed, 2 wrong input.
            """);
        return 0;
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine("nano: " + message);
        return 2;
    }

    public static int Try(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (InvalidInputException e)
        {
            return Fail(e.Message);
        }
    }

    public static int Classify(string path)
    {
        ReadOnlySpan<byte> pixels = Picture.Read(path);
#if INT8
        Int8Model model = default;
        Span<sbyte> codes = stackalloc sbyte[Digits.Pixels];
        Span<sbyte> scores = stackalloc sbyte[Digits.Classes];
        int digit = model.Classify(pixels);
        long start = Stopwatch.GetTimestamp();
        digit = model.Classify(pixels);
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        Digits.ToCodes(pixels, codes);
        model.Run(codes, scores);
        string label = Encoding.UTF8.GetString(Int8Model.GetLabel(digit));
        string confidence = Confidence(scores, digit).ToString("P1", CultureInfo.InvariantCulture);
        string time = nanoseconds.ToString("F0", CultureInfo.InvariantCulture);
        Console.WriteLine($"{label}  confidence {confidence}  {time} ns");
        return 0;
#else
        return Fail("this build has no int8 model" + (pixels.Length > 0 ? "." : ""));
#endif
    }

#if INT8
    /// <summary>The softmax of the real scores, for one class.</summary>
    private static double Confidence(ReadOnlySpan<sbyte> scores, int digit)
    {
        double sum = 0;
        foreach (sbyte score in scores)
        {
            sum += Math.Exp((score - scores[digit]) * Int8Model.OutputScale);
        }

        return 1 / sum;
    }
#endif
}
