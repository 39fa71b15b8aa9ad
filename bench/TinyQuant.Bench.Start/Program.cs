// One inference of kws_ref_model and its answer: what a program costs from its start on.
// TinyQuant.Bench.Start INPUTS [--peak]: a file of int8 inputs, of which the first is taken.
#if KWS
using TinyQuant.Bench;

byte[] file = File.ReadAllBytes(args[0]);
int answer = Kws.Answer(file);
Console.WriteLine(args is [_, "--peak"] ? $"{answer} {PeakMemory.Kibibytes()}" : $"{answer}");
return 0;
#else
Console.Error.WriteLine(
    "no model is compiled in; build with -p:BenchModels=DIRECTORY, the one that TinyQuant.Bench.Prepare wrote");
return 1;
#endif
