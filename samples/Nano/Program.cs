// nano: digits of 28 x 28 pixels, recognised by three forms of one model, in one native file and without the heap.
//
//   nano IMAGE            one picture: PGM, or 784 bytes, or - for standard input
//   nano --eval DIR       the accuracy and speed of each form on a test set
//   nano --scores DIR F   every score and answer as bytes, to compare processors
//   nano --self-test      golden answers, and no byte allocated
//
// An array is sliced with AsSpan here: the range operator on an array brings the type loader along. Strings with
// numbers are added up where it is as readable: an interpolation with a number takes twice the code.
// It reads from top to bottom: the models, what the command line says, then the three commands.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using TinyQuant;
using TinyQuant.Golden;

return args switch
{
    [] or ["--help" or "-h" or "-?"] => Commands.Help(),
    ["--self-test"] => Commands.Try(SelfTest.Run),
    ["--scores", string directory, string file] => Commands.Try(() => Scores.Run(directory, file)),
    ["--eval", string directory, ..] => Commands.Try(() => Evaluation.Run(directory, args)),
    [string image] when image == "-" || !image.StartsWith('-') => Commands.Try(() => Commands.Classify(image)),
    _ => Commands.Fail($"'{string.Join(' ', args)}' is not understood; 'nano --help' shows what is."),
};

// ---- The models. Each attribute bakes a file into the type under it. ----

/// <summary>What the commands need of a model. Static abstract, so that the calls are direct.</summary>
internal interface IDigitModel
{
    static abstract string Name { get; }

    static abstract int Bytes { get; }

    static abstract string Unit { get; }

    /// <summary>The digit; each form takes the input that is natural to it, pixels or reals in [0, 1].</summary>
    int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals);
}

#if FP32
[QuantizedModel(GoldenAnswers.ModelName + ".fp32.tqm", MaxWeightBytes = 32_768, MaxArenaBytes = 256)]
internal partial struct Fp32Model : IDigitModel
{
    public static string Name => "fp32";
    public static int Bytes => WeightBytes;
    public static string Unit => DotUnits.Float32;
    public int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) => Classify(reals);
}
#endif

#if DYNAMIC
[QuantizedModel(GoldenAnswers.ModelName + ".dynamic.tqm", MaxWeightBytes = 8_192, MaxArenaBytes = 1_024)]
internal partial struct DynamicModel : IDigitModel
{
    public static string Name => "dynamic";
    public static int Bytes => WeightBytes;
    public static string Unit => DotUnits.Int8;
    public int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) => Classify(reals);
}
#endif

#if INT8
[QuantizedModel(GoldenAnswers.ModelName + ".int8.tqm", MaxWeightBytes = 8_192, MaxArenaBytes = 1_024)]
internal partial struct Int8Model : IDigitModel
{
    public static string Name => "int8";
    public static int Bytes => WeightBytes;
    public static string Unit => DotUnits.Int8;
    public int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) => Classify(pixels);
}
#endif

/// <summary>
/// A model behind virtual calls, so that what only compares models is compiled once and not once for each.
/// </summary>
internal abstract class Classifier(string name, string unit, int bytes)
{
    public string Name => name;
    public string Unit => unit;
    public int Bytes => bytes;

    public static Classifier[] All() =>
    [
#if FP32
        new Classifier<Fp32Model>(),
#endif
#if DYNAMIC
        new Classifier<DynamicModel>(),
#endif
#if INT8
        new Classifier<Int8Model>(),
#endif
    ];

    public abstract int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals);

    /// <summary>How many of some pictures it classifies as their labels say; within it, all calls are direct.</summary>
    public abstract int CountCorrect(byte[] pixels, float[] reals, ReadOnlySpan<byte> labels);
}

internal sealed class Classifier<TModel>()
    : Classifier(TModel.Name, TModel.Unit, TModel.Bytes) where TModel : struct, IDigitModel
{
    private TModel _model = new();

    public override int Classify(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> reals) =>
        _model.Classify(pixels, reals);

    public override int CountCorrect(byte[] pixels, float[] reals, ReadOnlySpan<byte> labels)
    {
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int digit = _model.Classify(
                pixels.AsSpan(i * Digits.Pixels, Digits.Pixels), reals.AsSpan(i * Digits.Pixels, Digits.Pixels));
            correct += digit == labels[i] ? 1 : 0;
        }

        return correct;
    }
}

internal static class Digits
{
    public const int Side = 28;
    public const int Pixels = Side * Side;
    public const int Classes = 10;

    /// <summary>Pixels from 0 to 255 as reals from 0 to 1, the float models' input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToReals(ReadOnlySpan<byte> pixels, Span<float> reals)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            reals[i] = pixels[i] / 255f;
        }
    }

    /// <summary>Pixels as the int8 codes of an input with zero point -128.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToCodes(ReadOnlySpan<byte> pixels, Span<sbyte> codes)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            codes[i] = (sbyte)(pixels[i] ^ 0x80);
        }
    }
}

/// <summary>A wrong argument or file: the message goes to standard error, and the exit code is 2.</summary>
internal sealed class InvalidInputException(string message) : Exception(message);

// ---- nano IMAGE ----

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

internal static class Picture
{
    private const int MaxBytes = 1 << 16; // a PGM in digits, with a long comment

    public static ReadOnlySpan<byte> Read(string path)
    {
        byte[] bytes = Files.Read(path, MaxBytes);
        if (bytes.Length == Digits.Pixels)
        {
            return bytes;
        }

        if (bytes is not [(byte)'P', (byte)'5' or (byte)'2', ..])
        {
            throw new InvalidInputException(
                $"'{path}' is neither a PGM picture nor {Digits.Pixels} bytes: it has {bytes.Length} bytes.");
        }

        int at = 2;
        int width = Number(bytes, ref at, path);
        int height = Number(bytes, ref at, path);
        int max = Number(bytes, ref at, path);
        if (width != Digits.Side || height != Digits.Side || max is < 1 or > 255)
        {
            throw new InvalidInputException(
                $"'{path}' is {width} x {height} with values to {max}; expected {Digits.Side} x {Digits.Side} "
                    + "with values to at most 255.");
        }

        byte[] pixels = new byte[Digits.Pixels];
        bool binary = bytes[1] == '5';
        at++; // one white space ends the header
        for (int i = 0; i < pixels.Length; i++)
        {
            if (binary && at >= bytes.Length)
            {
                throw new InvalidInputException($"'{path}' ends after {i} pixels; expected {Digits.Pixels}.");
            }

            int value = binary ? bytes[at++] : Number(bytes, ref at, path);
            pixels[i] = value <= max
                ? (byte)(value * 255 / max)
                : throw new InvalidInputException($"'{path}' has a pixel of {value}, above its maximum of {max}.");
        }

        return pixels;
    }

    /// <summary>The next number of a PGM header; a # begins a comment.</summary>
    private static int Number(byte[] bytes, ref int at, string path)
    {
        while (at < bytes.Length && (char.IsWhiteSpace((char)bytes[at]) || bytes[at] == '#'))
        {
            bool comment = bytes[at] == '#';
            while (comment && at < bytes.Length && bytes[at] != '\n')
            {
                at++;
            }

            at++;
        }

        int value = -1;
        for (; at < bytes.Length && char.IsAsciiDigit((char)bytes[at]) && value < 100_000; at++)
        {
            value = (Math.Max(0, value) * 10) + bytes[at] - '0';
        }

        return value >= 0
            ? value
            : throw new InvalidInputException($"'{path}' is not a whole PGM picture; expected a number at byte {at}.");
    }
}

/// <summary>Whole files by handle: a FileStream, or Console's input stream, would make the binary larger.</summary>
internal static class Files
{
    public static byte[] Read(string path, int maxBytes)
    {
        try
        {
            using SafeFileHandle? file = path == "-" ? null : File.OpenHandle(path);
            byte[] buffer = new byte[Math.Min(maxBytes, 1 << 16) + 1];
            int length = 0;
            for (int read = 1; read > 0; length += read)
            {
                if (length > maxBytes)
                {
                    throw new InvalidInputException(
                        $"'{path}' is larger than the {maxBytes} bytes that are expected at most.");
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(maxBytes + 1, buffer.Length * 4));
                }

                read = file is null
                    ? (int)ReadDescriptor(StandardInput, ref buffer[length], buffer.Length - length)
                    : RandomAccess.Read(file, buffer.AsSpan(length), length);
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new InvalidInputException($"'{path}' cannot be read; expected a file that this user may read.");
        }
    }

    private const int StandardInput = 0;

    /// <summary>read(2), linked directly; see DirectPInvoke in the project.</summary>
    [DllImport("libc", EntryPoint = "read")]
    private static extern nint ReadDescriptor(int descriptor, ref byte buffer, nint count);

    public static void Write(string path, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{path}' cannot be written.");
        }
    }
}

// ---- nano --eval DIR ----

internal sealed class Measurement(
    string name, string unit, int bytes, double accuracy, double nanoseconds, long allocated)
{
    public string Name => name;
    public string Unit => unit;
    public int Bytes => bytes;
    public double Accuracy => accuracy;
    public double Nanoseconds => nanoseconds;
    public long Allocated => allocated;
}

internal static class Evaluation
{
    /// <summary>
    /// Pictures that are made ready, untimed, and then classified, timed: they lie in the cache, for all models alike.
    /// </summary>
    private const int Batch = 64;

    /// <summary>Times over the whole set; the models take turns, and the best time of each counts.</summary>
    private const int Rounds = 25;

    private static TestSet s_set = TestSet.Empty;
    private static byte[] s_pixels = [];
    private static float[] s_reals = [];

    public static int Run(string directory, string[] args)
    {
        bool json = args.Length == 3 && args[2] == "--json";
        if (args.Length > 2 && !json)
        {
            throw new InvalidInputException($"'{args[2]}' is not an option of --eval; expected --json alone.");
        }

        s_set = TestSet.Read(directory);
        s_pixels = new byte[Batch * Digits.Pixels];
        s_reals = new float[Batch * Digits.Pixels];
        List<Measurement> measurements = Measure();
        Console.WriteLine(json ? ToJson(measurements) : ToTable(measurements).TrimEnd());
        return 0;
    }

    private static List<Measurement> Measure()
    {
        var meters = new List<Meter>();
        foreach (Classifier classifier in Classifier.All())
        {
            meters.Add(new Meter(classifier));
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (Meter meter in meters)
            {
                meter.Round();
            }
        }

        return meters.ConvertAll(meter => meter.Result());
    }

    private static int Prepare(int first)
    {
        int count = Math.Min(Batch, s_set.Count - first);
        s_set.Pixels.AsSpan(first * Digits.Pixels, count * Digits.Pixels).CopyTo(s_pixels);
        Digits.ToReals(s_pixels.AsSpan(0, count * Digits.Pixels), s_reals);
        return count;
    }

    private sealed class Meter(Classifier model)
    {
        private long _bestTicks = long.MaxValue;
        private long _allocated;
        private int _correct;

        public void Round()
        {
            long ticks = 0;
            _correct = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int first = 0; first < s_set.Count; first += Batch)
            {
                int count = Prepare(first);
                long start = Stopwatch.GetTimestamp();
                _correct += model.CountCorrect(s_pixels, s_reals, s_set.Labels.AsSpan(first, count));
                ticks += Stopwatch.GetTimestamp() - start;
            }

            _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            _bestTicks = Math.Min(_bestTicks, ticks);
        }

        public Measurement Result() => new(
            model.Name, model.Unit, model.Bytes, (double)_correct / s_set.Count,
            _bestTicks * (1e9 / Stopwatch.Frequency) / s_set.Count, _allocated);
    }

    private static string ToTable(List<Measurement> measurements)
    {
        var text = new StringBuilder();
        text.Append($"{s_set.Count} pictures; time: best of {Rounds} rounds, {Batch} at a time\n\n");
        text.Append("model     accuracy   weights  ns/image  vs fp32  allocated  unit\n");
        foreach (Measurement m in measurements)
        {
            double ratio = measurements[0].Nanoseconds / m.Nanoseconds;
            text.Append(CultureInfo.InvariantCulture,
                $"{m.Name,-8} {m.Accuracy,9:P2} {m.Bytes,9:N0} {m.Nanoseconds,9:F0} {ratio,7:F2}x {m.Allocated,8} B  {m.Unit}\n");
        }

        return text.ToString();
    }

    private static string ToJson(List<Measurement> measurements)
    {
        var text = new StringBuilder("{\"models\":[");
        for (int i = 0; i < measurements.Count; i++)
        {
            Measurement m = measurements[i];
            text.Append(CultureInfo.InvariantCulture,
                $"{(i > 0 ? "," : "")}{{\"name\":\"{m.Name}\",\"accuracy\":{m.Accuracy},\"weightBytes\":{m.Bytes},\"nanosecondsPerInference\":{m.Nanoseconds:F1},\"allocatedBytes\":{m.Allocated},\"dotUnit\":\"{m.Unit}\"}}");
        }

        return text.Append("]}").ToString();
    }
}

/// <summary>A test set in IDX files: a magic number, sizes, then bytes; all big-endian.</summary>
internal sealed class TestSet(int count, byte[] pixels, byte[] labels)
{
    public int Count => count;
    public byte[] Pixels => pixels;
    public byte[] Labels => labels;

    public static readonly TestSet Empty = new(0, [], []);

    private const int MaxBytes = 1 << 30;

    public static TestSet Read(string directory)
    {
        (byte[] images, int count) = ReadFile(directory, "t10k-images-idx3-ubyte", [Digits.Side, Digits.Side]);
        (byte[] labels, int labelCount) = ReadFile(directory, "t10k-labels-idx1-ubyte", []);
        if (count != labelCount)
        {
            throw new InvalidInputException($"'{directory}' has {count} pictures but {labelCount} labels.");
        }

        return new TestSet(count, images, labels);
    }

    private static (byte[] Data, int Count) ReadFile(string directory, string name, int[] itemShape)
    {
        string path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(File.Exists(path + ".gz")
                ? $"'{path}.gz' is packed; unpack it first: gunzip -k '{path}.gz'"
                : $"there is no file '{path}'.");
        }

        byte[] file = Files.Read(path, MaxBytes);
        int header = 8 + (4 * itemShape.Length);
        int magic = 0x801 + (itemShape.Length);
        if (file is [0x1f, 0x8b, ..])
        {
            throw new InvalidInputException($"'{path}' is packed with gzip; unpack it first.");
        }

        if (file.Length < header || Int(file, 0) != magic)
        {
            throw new InvalidInputException(
                $"'{path}' is not an IDX file of {(itemShape.Length > 0 ? "pictures" : "labels")}; expected the "
                    + $"magic number 0x{magic:x8}.");
        }

        int count = Int(file, 4);
        long itemSize = 1;
        for (int i = 0; i < itemShape.Length; i++)
        {
            itemSize *= itemShape[i];
            if (Int(file, 8 + (4 * i)) != itemShape[i])
            {
                throw new InvalidInputException(
                    $"'{path}' has pictures of another size; expected {Digits.Side} x {Digits.Side}.");
            }
        }

        if (count < 1 || file.Length - header != count * itemSize)
        {
            throw new InvalidInputException(
                $"'{path}' says it has {count} items of {itemSize} bytes, but {file.Length - header} bytes follow.");
        }

        return (file.AsSpan(header).ToArray(), count);
    }

    private static int Int(byte[] bytes, int at) =>
        (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

// ---- nano --scores DIR FILE ----

/// <summary>
/// What every model answers to every picture, as bytes: equal files mean equal answers on two processors.
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

// ---- nano --self-test ----

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
