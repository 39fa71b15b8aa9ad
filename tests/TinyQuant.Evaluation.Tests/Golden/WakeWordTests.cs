using System.Runtime.InteropServices;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Golden;

/// <summary>
/// Public wake-word models, whose state lies in resource variables, over recordings of people: each code that the
/// reference answers, frame by frame.
/// </summary>
public sealed class WakeWordTests
{
    private const double Scale = 0.0390625; // of a feature, as microWakeWord says

    public static TheoryData<string> Models => new("alexa", "hey_jarvis", "hey_mycroft", "okay_nabu");

    [GoldenTheory]
    [MemberData(nameof(Models))]
    public void Every_code_of_every_recording(string name)
    {
        string root = Path.Combine(GoldenFactAttribute.Root, "wake");
        ImportResult result = TfliteImporter.Import(File.ReadAllBytes(Path.Combine(root, name, "model.tflite")));
        Assert.Empty(result.Errors);
        Graph graph = result.Graph!;
        using CompiledModel model = CompiledModel.Compile(graph);
        string[] recordings = Directory.GetFiles(Path.Combine(root, name), "*.expected_streaming.bin");

        Assert.NotEmpty(recordings);
        foreach (string recording in recordings)
        {
            string words = Path.GetFileName(recording).Split('.')[0];
            byte[] codes = Codes(File.ReadAllBytes(Path.Combine(root, words + ".features")), graph.Inputs[0]);
            byte[] expected = File.ReadAllBytes(recording);
            byte[] output = new byte[1];
            int length = graph.Inputs[0].ByteLength;
            model.Reset();
            Assert.Equal(codes.Length / length, expected.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                model.Run([codes[(i * length)..((i + 1) * length)]], [output]);
                Assert.True(expected[i] == output[0], $"{words}, run {i}: {output[0]}; expected {expected[i]}");
            }
        }
    }

    private static byte[] Codes(byte[] features, Tensor input) =>
    [
        .. MemoryMarshal.Cast<byte, ushort>(features).ToArray().Select(f => (byte)(sbyte)Math.Clamp(
            Math.Round(f * Scale / input.Quantization!.Scale, MidpointRounding.ToEven) + input.Quantization.ZeroPoint,
            sbyte.MinValue, sbyte.MaxValue)),
    ];
}
