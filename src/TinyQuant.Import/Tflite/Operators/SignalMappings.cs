using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// The signal operators, by their names in a file. The reference reads options by their place, whatever their names: so
/// there may be these options and no others. What shapes say too must be the same there.
/// </summary>
internal static class SignalMappings
{
    public static IReadOnlyDictionary<string, Func<OperatorSource, MappedOperator>> All { get; } =
        new Dictionary<string, Func<OperatorSource, MappedOperator>>(StringComparer.Ordinal)
        {
            ["SignalDelay"] = Delay,
            ["SignalEnergy"] = Energy,
            ["SignalFftAutoScale"] = s => s.Map((x, y) => new SignalFftAutoScale(x[0], y[0], y[1]), 0),
            ["SignalFilterBank"] = FilterBank,
            ["SignalFilterBankLog"] = Logarithm,
            ["SignalFilterBankSpectralSubtraction"] = Subtraction,
            ["SignalFilterBankSquareRoot"] = s =>
                s.Map((x, y) => new SignalFilterBankSquareRoot(x[0], x[1], y[0]), 0, 1),
            ["SignalFramer"] = Framer,
            ["SignalIrfft"] = s =>
            {
                TypedOptions(s, "fft_length").Expect("fft_length", Size(s.OutputTensor(0), 1));
                return s.Map((x, y) => new SignalIrfft(x[0], y[0]), 0);
            },
            ["SignalOverlapAdd"] = OverlapAdd,
            ["SignalPCAN"] = Pcan,
            ["SignalRfft"] = s =>
            {
                TypedOptions(s, "fft_length").Expect("fft_length", Size(s.OutputTensor(0), 1) - 2);
                return s.Map((x, y) => new SignalRfft(x[0], y[0]), 0);
            },
            ["SignalStacker"] = Stacker,
            ["SignalWindow"] = Window,
        };

    private static MappedOperator Window(OperatorSource source)
    {
        int shift = Options(source, "shift").Int32("shift");
        return source.Map((x, y) => new SignalWindow(x[0], x[1], y[0], shift), 0, 1);
    }

    /// <summary>A delay of nothing is the signal itself.</summary>
    private static MappedOperator Delay(OperatorSource source) =>
        Options(source, "delay_length").Int32("delay_length") == 0
            ? source.Map((x, y) => new Reshape(x[0], y[0]), 0)
            : WithState(source, (x, y) => new SignalDelay(x[0], x[1], y[0]), 1);

    private static MappedOperator Framer(OperatorSource source)
    {
        SignalOptions options = Options(source, "frame_size", "frame_step", "prefill");
        ExpectFrames(options, source.OutputTensor(0), source.InputTensor(0));
        options.Expect("frame_size", Size(source.OutputTensor(0), 1));
        return WithState(source, (x, y) => new SignalFramer(x[0], x[1], x[2], y[0], y[1]), 1, 2);
    }

    private static MappedOperator OverlapAdd(OperatorSource source)
    {
        ExpectFrames(TypedOptions(source, "frame_step"), source.InputTensor(0), source.OutputTensor(0));
        return WithState(source, (x, y) => new SignalOverlapAdd(x[0], x[1], y[0]), 1);
    }

    private static MappedOperator Stacker(OperatorSource source)
    {
        SignalOptions options = Options(
            source, "num_channels", "stacker_left_context", "stacker_right_context", "stacker_step");
        (int left, int right, int step) = (options.Int32("stacker_left_context"),
            options.Int32("stacker_right_context"), options.Int32("stacker_step"));
        int channels = source.InputTensor(0).ElementCount ?? 0;
        options.Expect("num_channels", channels);
        long stacked = (left + (long)right + 1) * channels;
        if (source.OutputTensor(0).ElementCount != stacked)
        {
            throw new UnsupportedException(Invariant($"its contexts of {left} and {right} frames of {channels} ")
                + Invariant($"make {stacked} elements; its output has {source.OutputTensor(0).ElementCount}"));
        }

        return WithState(source, (x, y) => new SignalStacker(x, y, left, step), 1, 2);
    }

    private static MappedOperator Energy(OperatorSource source)
    {
        SignalOptions options = Options(source, "end_index", "start_index");
        (int start, int end) = (options.Int32("start_index"), options.Int32("end_index"));
        return source.Map((x, y) => new SignalEnergy(x[0], y[0], start, end), 0);
    }

    private static MappedOperator FilterBank(OperatorSource source)
    {
        Options(source, "num_channels").Expect("num_channels", source.OutputTensor(0).ElementCount);
        return source.Map((x, y) => new SignalFilterBank(x, y[0]), 0, 1, 2, 3, 4, 5);
    }

    private static MappedOperator Subtraction(OperatorSource source)
    {
        SignalOptions o = Options(
            source, "alternate_one_minus_smoothing", "alternate_smoothing", "clamping", "min_signal_remaining",
            "num_channels", "one_minus_smoothing", "smoothing", "smoothing_bits", "spectral_subtraction_bits");
        o.Expect("num_channels", source.OutputTensor(0).ElementCount);
        var subtraction = new SpectralSubtraction(
            new(o.Int32("smoothing"), o.Int32("one_minus_smoothing")),
            new(o.Int32("alternate_smoothing"), o.Int32("alternate_one_minus_smoothing")),
            o.Int32("min_signal_remaining"), o.Int32("smoothing_bits"), o.Int32("spectral_subtraction_bits"),
            o.Int32("clamping") != 0);
        return WithState(
            source, (x, y) => new SignalFilterBankSpectralSubtraction(x[0], x[1], y[0], y[1], subtraction), 1);
    }

    private static MappedOperator Pcan(OperatorSource source)
    {
        int shift = Options(source, "snr_shift").Int32("snr_shift");
        return source.Map((x, y) => new SignalPcan(x[0], x[1], x[2], y[0], shift), 0, 1, 2);
    }

    private static MappedOperator Logarithm(OperatorSource source)
    {
        SignalOptions options = Options(source, "input_correction_bits", "output_scale");
        (int scale, int bits) = (options.Int32("output_scale"), options.Int32("input_correction_bits"));
        return source.Map((x, y) => new SignalFilterBankLog(x[0], y[0], scale, bits), 0);
    }

    /// <summary>The operator over its input and the state that <see cref="State.SignalStates"/> has made.</summary>
    private static MappedOperator WithState<TOperator>(
        OperatorSource source, MakeOperator<TOperator> make, params int[] state)
        where TOperator : Operator => source.InputCount == state.Length + 1
        ? source.Map(make, [0, .. state])
        : throw new UnsupportedException("there is no state for it; expected one input");

    /// <summary>From the first sample of a frame to that of the next one.</summary>
    private static void ExpectFrames(SignalOptions options, SourceTensor frames, SourceTensor samples) =>
        options.Expect("frame_step", Size(frames, 2) is > 0 and var count ? Size(samples, 1) / count : null);

    /// <summary>A dimension, counted from the last one; null where there are too few.</summary>
    private static int? Size(SourceTensor tensor, int fromEnd) =>
        tensor.Shape.Length >= fromEnd ? tensor.Shape[^fromEnd] : null;

    private static SignalOptions Options(OperatorSource source, params string[] keys) =>
        new(source.CustomOptions, keys);

    /// <summary>The same with the number of the input's type.</summary>
    private static SignalOptions TypedOptions(OperatorSource source, string key)
    {
        SignalOptions options = Options(source, "T", key);
        options.Expect("T", source.InputTensor(0).Type switch
        {
            SourceType.Float32 => 0,
            SourceType.Int32 => 2,
            SourceType.Int16 => 7,
            _ => null,
        });
        return options;
    }
}
