using Microsoft.ML.OnnxRuntime;
using TinyQuant.Bench;

// The same as TinyQuant.Bench.Start with ONNX Runtime: one inference of an ONNX file, and its answer.
// TinyQuant.Bench.Start.OnnxRuntime INPUTS MODEL [--peak]: a file of uint8 inputs, of which the first is taken.
byte[] file = File.ReadAllBytes(args[0]);
using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
using var session = new InferenceSession(args[1], options);
string input = session.InputNames[0];
long[] shape = Array.ConvertAll(session.InputMetadata[input].Dimensions, d => (long)d);
int length = (int)shape.Aggregate(1L, (a, b) => a * b);
using OrtValue value = OrtValue.CreateTensorValueFromMemory(file[..length], shape);
using var run = new RunOptions();
using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [input], [value], session.OutputNames);
ReadOnlySpan<byte> scores = outputs[0].GetTensorDataAsSpan<byte>();
int answer = 0;
for (int i = 1; i < scores.Length; i++)
{
    answer = scores[i] > scores[answer] ? i : answer;
}

Console.WriteLine(args is [_, _, "--peak"] ? $"{answer} {PeakMemory.Kibibytes()}" : $"{answer}");
