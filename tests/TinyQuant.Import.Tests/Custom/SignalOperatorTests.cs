using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Custom;

/// <summary>The signal operators, as lines of a model file, with the state that a file does not have.</summary>
public sealed class SignalOperatorTests
{
    private const TfliteType S = TfliteType.Int16;

    private static readonly (string, object)[] s_subtraction =
    [
        ("alternate_one_minus_smoothing", 16_057), ("alternate_smoothing", 327), ("clamping", true),
        ("min_signal_remaining", 819), ("num_channels", 4), ("one_minus_smoothing", 15_729), ("smoothing", 655),
        ("smoothing_bits", 10), ("spectral_subtraction_bits", 14),
    ];

    private readonly FlatModel _model = new();
    private readonly List<int> _constants = [];

    [Fact]
    public void Windows() => AssertMaps(
        "SignalWindow x w -> y shift=12", "SignalWindow", [Of("x", S, 2, 8), Shorts("w", 8)], [Of("y", S, 2, 8)],
        ("shift", 12));

    [Fact]
    public void Automatic_scales() => AssertMaps(
        "SignalFftAutoScale x -> y b", "SignalFftAutoScale", [Of("x", S, 8)],
        [Of("y", S, 8), Of("b", TfliteType.Int32)]);

    [Fact]
    public void Delays()
    {
        Graph graph = AssertMaps(
            "SignalDelay x y_state -> y", "SignalDelay", [Of("x", S, 2, 8)], [Of("y", S, 2, 8)], ("delay_length", 3));
        Assert.Equal("[2,3]", Assert.Single(graph.Tensors, t => t.IsVariable).ShapeText);
    }

    [Fact]
    public void A_delay_of_nothing_is_no_delay() => AssertMaps(
        "Reshape x -> y", "SignalDelay", [Of("x", S, 2, 8)], [Of("y", S, 2, 8)], ("delay_length", 0));

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public void Frames(bool prefill, int first)
    {
        Graph graph = AssertMaps(
            "SignalFramer x y_state y_count -> y v", "SignalFramer", [Of("x", S, 2, 6)],
            [Of("y", S, 2, 3, 5), Of("v", TfliteType.Bool)], ("frame_size", 5), ("frame_step", 2),
            ("prefill", prefill));
        Assert.Equal(["[2,5]", "[1]"], graph.Tensors.Where(t => t.IsVariable).Select(t => t.ShapeText));
        Assert.Equal((byte)first, graph.Tensors.Single(t => t.Name == "y_count").Data!.Value[0]);
    }

    [Theory]
    [InlineData(TfliteType.Int16, 7)]
    [InlineData(TfliteType.Float32, 0)]
    public void Overlaps(object type, int code) => AssertMaps(
        "SignalOverlapAdd x y_state -> y", "SignalOverlapAdd", [Of("x", (TfliteType)type, 3, 5)],
        [Of("y", (TfliteType)type, 6)], ("T", code), ("frame_step", 2));

    [Fact]
    public void Stacks()
    {
        Graph graph = AssertMaps(
            "SignalStacker x y_state y_count -> y v left_context=1 step=2", "SignalStacker", [Of("x", S, 4)],
            [Of("y", S, 12), Of("v", TfliteType.Bool)], ("num_channels", 4), ("stacker_left_context", 1),
            ("stacker_right_context", 1), ("stacker_step", 2));
        Assert.Equal([255, 255, 255, 255], [.. graph.Tensors.Single(t => t.Name == "y_count").Data!.Value]);
    }

    [Fact]
    public void Energies() => AssertMaps(
        "SignalEnergy x -> y start_index=2 end_index=7", "SignalEnergy", [Of("x", S, 16)],
        [Of("y", TfliteType.UInt32, 8)], ("end_index", 7), ("start_index", 2));

    [Fact]
    public void Filter_banks() => AssertMaps(
        "SignalFilterBank x w u p q r -> y", "SignalFilterBank",
        [
            Of("x", TfliteType.UInt32, 8), Shorts("w", 9), Shorts("u", 9), Shorts("p", 3), Shorts("q", 3),
            Shorts("r", 3),
        ],
        [Of("y", TfliteType.UInt64, 2)], ("num_channels", 2));

    [Fact]
    public void Roots() => AssertMaps(
        "SignalFilterBankSquareRoot x b -> y", "SignalFilterBankSquareRoot",
        [Of("x", TfliteType.UInt64, 8), Of("b", TfliteType.Int32)], [Of("y", TfliteType.UInt32, 8)]);

    [Fact]
    public void Subtractions() => AssertMaps(
        "SignalFilterBankSpectralSubtraction x y_state -> y e smoothing=655 one_minus_smoothing=15729 "
            + "alternate_smoothing=327 alternate_one_minus_smoothing=16057 min_signal_remaining=819 "
            + "smoothing_bits=10 spectral_subtraction_bits=14 clamping=true",
        "SignalFilterBankSpectralSubtraction", [Of("x", TfliteType.UInt32, 4)],
        [Of("y", TfliteType.UInt32, 4), Of("e", TfliteType.UInt32, 4)], s_subtraction);

    [Fact]
    public void Gains() => AssertMaps(
        "SignalPcan x e t -> y snr_shift=6", "SignalPCAN",
        [Of("x", TfliteType.UInt32, 4), Of("e", TfliteType.UInt32, 4), Shorts("t", 125)],
        [Of("y", TfliteType.UInt32, 4)], ("snr_shift", 6));

    [Fact]
    public void Logarithms() => AssertMaps(
        "SignalFilterBankLog x -> y output_scale=1600 input_correction_bits=3", "SignalFilterBankLog",
        [Of("x", TfliteType.UInt32, 4)], [Of("y", S, 4)], ("input_correction_bits", 3), ("output_scale", 1_600));

    [Theory]
    [InlineData(TfliteType.Int16, 7)]
    [InlineData(TfliteType.Int32, 2)]
    [InlineData(TfliteType.Float32, 0)]
    public void Transforms(object type, int code)
    {
        AssertMaps("SignalRfft x -> y", "SignalRfft", [Of("x", (TfliteType)type, 2, 7)],
            [Of("y", (TfliteType)type, 2, 18)], ("T", code), ("fft_length", 16));
        AssertMaps("SignalIrfft z -> v", "SignalIrfft", [Of("z", (TfliteType)type, 2, 18)],
            [Of("v", (TfliteType)type, 2, 16)], ("T", code), ("fft_length", 16));
    }

    /// <summary>The reference reads them by their place, so that another name shifts all that follow.</summary>
    [Theory]
    [InlineData("shift", "size", "it has 2 options; expected 1: shift")]
    [InlineData("bits", "size", "its option 'shift' is missing; expected a number")]
    public void Other_options_are_refused(string first, string second, string message) => AssertRefuses(
        message, "SignalWindow", [Of("x", S, 8), Shorts("w", 8)], [Of("y", S, 8)], (first, 1), (second, 1));

    [Fact]
    public void Options_that_are_damaged_are_told()
    {
        _model.CustomOptions = [1, 2, 3];
        _model.Operator(BuiltinOperator.CUSTOM, [Of("x", S, 8)], [Of("y", S, 8)], custom: "SignalDelay");
        Assert.Contains("its options are damaged",
            TfliteImporter.Import(_model.Build([0], [1])).Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_are_not_what_shapes_say_are_refused()
    {
        AssertRefuses("its option 'frame_step' is 3, and its tensors say 2; expected the same", "SignalFramer",
            [Of("x", S, 6)], [Of("y", S, 3, 5), Of("v", TfliteType.Bool)], ("frame_size", 5), ("frame_step", 3),
            ("prefill", false));
        AssertRefuses("its option 'fft_length' is 32, and its tensors say 16; expected the same", "SignalRfft",
            [Of("a", S, 7)], [Of("b", S, 18)], ("T", 7), ("fft_length", 32));
        AssertRefuses("its option 'T' is 0, and its tensors say 7; expected the same", "SignalIrfft",
            [Of("c", S, 18)], [Of("d", S, 16)], ("T", 0), ("fft_length", 16));
        AssertRefuses("its contexts of 1 and 2 frames of 4 make 16 elements; its output has 12", "SignalStacker",
            [Of("f", S, 4)], [Of("g", S, 12), Of("h", TfliteType.Bool)], ("num_channels", 4),
            ("stacker_left_context", 1), ("stacker_right_context", 2), ("stacker_step", 2));
    }

    [Fact]
    public void An_operator_with_other_inputs_has_no_state() => AssertRefuses(
        "there is no state for it; expected one input", "SignalFramer",
        [Of("x", S, 6), Shorts("w", 6)], [Of("y", S, 3, 5), Of("v", TfliteType.Bool)], ("frame_size", 5),
        ("frame_step", 2), ("prefill", true));

    private int Of(string name, TfliteType type, params int[] shape) => _model.Tensor(name, type, shape);

    private int Shorts(string name, int count)
    {
        _constants.Add(_model.Tensor(name, S, [count], data: new byte[2 * count]));
        return _constants[^1];
    }

    private Graph AssertMaps(
        string expected, string name, int[] inputs, int[] outputs, params (string, object)[] options)
    {
        ImportResult result = Import(name, inputs, outputs, options);
        Assert.Empty(result.Errors);
        Assert.Equal(
            "op " + expected,
            ModelWriter.Write(result.Graph!).Split('\n').Single(l => l.StartsWith("op ", StringComparison.Ordinal)));
        return result.Graph!;
    }

    private void AssertRefuses(
        string message, string name, int[] inputs, int[] outputs, params (string, object)[] options) =>
        Assert.Contains(
            message, Import(name, inputs, outputs, options).Errors[^1].ToString(), StringComparison.Ordinal);

    private ImportResult Import(string name, int[] inputs, int[] outputs, (string, object)[] options)
    {
        _model.CustomOptions = options.Length == 0 ? [] : Flex.Write(4, options);
        _model.Operator(BuiltinOperator.CUSTOM, inputs, outputs, custom: name);
        return TfliteImporter.Import(_model.Build([.. inputs.Except(_constants)], outputs));
    }
}
