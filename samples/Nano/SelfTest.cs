using TinyQuant.Golden;

/// <summary><c>nano --self-test</c>: golden answers, and no byte allocated.</summary>
internal static class SelfTest
{
    private const int Inferences = 100_000;

    private static int s_failures;

    public static int Run()
    {
        Classifier[] models = Classifier.All();
        if (models.Length == 0)
        {
            return Commands.Fail("this build has no model to test.");
        }

        foreach (Classifier model in models)
        {
            Check(model);
        }
#if INT8
        CheckScores();
#endif
        Console.WriteLine(s_failures == 0 ? "self-test passed" : "self-test FAILED: " + s_failures + " wrong");
        return s_failures == 0 ? 0 : 1;
    }

    private static void Check(Classifier model)
    {
        ReadOnlySpan<byte> answers = model.Name switch
        {
            "fp32" => GoldenAnswers.FloatPredictions,
            "dynamic" => GoldenAnswers.DynamicPredictions,
            _ => GoldenAnswers.Int8Predictions,
        };
        Span<float> reals = stackalloc float[Digits.Pixels];
        for (int i = 0; i < GoldenAnswers.Count; i++)
        {
            Digits.ToReals(GoldenAnswers.Image(i), reals);
            Expect(model.Classify(GoldenAnswers.Image(i), reals), answers[i], model.Name, "the class of golden picture",
                i);
        }

        long allocated = Allocated(model, reals);
        Expect(allocated, 0, model.Name, "the number of bytes allocated, inferences", Inferences);
        Console.WriteLine(model.Name + ": " + GoldenAnswers.Count + " golden answers, " + allocated
            + " bytes allocated in " + Inferences + " inferences (" + model.Unit + ")");
    }

    private static long Allocated(Classifier model, ReadOnlySpan<float> reals)
    {
        int sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Inferences; i++)
        {
            sum += model.Classify(GoldenAnswers.Image(i % GoldenAnswers.Count), reals);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return sum >= 0 ? allocated : -1;
    }

#if INT8
    private static void CheckScores()
    {
        Int8Model model = default;
        Span<sbyte> codes = stackalloc sbyte[Digits.Pixels];
        Span<sbyte> scores = stackalloc sbyte[Digits.Classes];
        for (int i = 0; i < GoldenAnswers.Count; i++)
        {
            ReadOnlySpan<byte> pixels = GoldenAnswers.Image(i);
            Digits.ToCodes(pixels, codes);
            model.Run(codes, scores);
            for (int c = 0; c < scores.Length; c++)
            {
                Expect(scores[c], GoldenAnswers.Int8Scores(i)[c], "int8", "a score of golden picture", i);
            }
        }
    }
#endif

    private static void Expect(long actual, long expected, string model, string what, int which)
    {
        if (actual != expected)
        {
            s_failures++;
            Console.Error.WriteLine(
                "nano: " + model + ": " + what + " " + which + " is " + actual + ", expected " + expected);
        }
    }
}
