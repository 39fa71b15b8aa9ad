using System.Globalization;
using System.Runtime.CompilerServices;
using TinyQuant;
using TinyQuant.Golden;
using TinyQuant.GoldenCheck;

// Every golden model, compiled in: this is the code that ships, on the processor at hand or an emulated one. Each model
// runs alone, when nothing may be allocated, and then, unless --alone is given, in two threads at once, an instance in
// each. Prints what differs, and "N right, N differ"; exit code 1 if any does.
const string Alone = "--alone";
if (args is not ([_] or [_, Alone]) || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine(
        "goldencheck: expected the directory with the golden models, which has models/ and operators/, and perhaps "
            + Alone + ".");
    return 2;
}

Console.WriteLine($"int8: {DotUnits.Int8}; float32: {DotUnits.Float32}");
int right = 0;
int differ = 0;
CheckAll(checksHeap: !RuntimeFeature.IsDynamicCodeSupported);
int together = args.Length == 1 ? 2 : 0;
Thread[] threads = [.. Enumerable.Range(0, together).Select(_ => new Thread(() => CheckAll(checksHeap: false)))];
foreach (Thread thread in threads)
{
    thread.Start();
}

foreach (Thread thread in threads)
{
    thread.Join();
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} right, {differ} differ"));
return differ == 0 && right > 0 ? 0 : 1;

void CheckAll(bool checksHeap)
{
    foreach (GoldenModel model in GoldenModels.Create())
    {
        if (ModelCheck.Run(model, args[0], checksHeap) is not { } error)
        {
            Interlocked.Increment(ref right);
            continue;
        }

        Interlocked.Increment(ref differ);
        Console.WriteLine($"DIFFERS {model.Folder}{model.Suffix}: {error}");
    }
}
